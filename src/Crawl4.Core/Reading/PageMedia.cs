namespace Crawl4.Core.Reading;

/// <summary>The media of a page.</summary>
/// <param name="Images">Images.</param>
/// <param name="Videos">Videos.</param>
/// <param name="Audios">Audios.</param>
public sealed record PageMedia(
    IReadOnlyList<MediaItem> Images, IReadOnlyList<MediaItem> Videos, IReadOnlyList<MediaItem> Audios)
{
    /// <summary>No media.</summary>
    public static readonly PageMedia None = new([], [], []);

    /// <summary>How many there are.</summary>
    public override string ToString() =>
        $"{Images.Count} images, {Videos.Count} videos, {Audios.Count} audios";
}

/// <summary>An image, video or audio. The names and shapes are Crawl4AI's.</summary>
public sealed record MediaItem
{
    /// <summary>The absolute URL.</summary>
    public required string Src { get; init; }

    /// <summary>The alternative text.</summary>
    public string Alt { get; init; } = "";

    /// <summary>The text around it, bounded.</summary>
    public string Desc { get; init; } = "";

    /// <summary>How likely it is to be content, not decoration.</summary>
    public int Score { get; init; }

    /// <summary>image, video or audio.</summary>
    public string Type { get; init; } = "image";

    /// <summary>The same for all variants of one image on a page.</summary>
    public int GroupId { get; init; }

    /// <summary>The format, such as jpg. Null where it is not known.</summary>
    public string? Format { get; init; }

    /// <summary>The width in pixels that the page gives. Null where it gives none.</summary>
    public int? Width { get; init; }

    /// <summary>The URL.</summary>
    public override string ToString() => Src;
}
