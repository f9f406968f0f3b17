namespace Crawl4.Core.Reading;

/// <summary>How Markdown is written: the options of Crawl4AI's generator that change what is said. The names
/// are its own. Those without a counterpart change what Markdown reads as something else (google_doc,
/// handle_code_in_pre), or turn off what is always right here (escape_snob and its kind, unicode_snob,
/// single_line_break).</summary>
public sealed record MarkdownOptions
{
    /// <summary>What everyone gets who asks for nothing else.</summary>
    public static readonly MarkdownOptions Default = new();

    /// <summary>Lines of paragraphs are broken at blanks so that they have at most so many characters; the URLs of links do
    /// not count. 0 breaks no lines.</summary>
    /// <value>0.</value>
    public int BodyWidth { get; init; }

    /// <summary>The cells of a table are filled up with blanks, so that its columns stand below each other.</summary>
    /// <value>False.</value>
    public bool PadTables { get; init; }

    /// <summary>Links become their text.</summary>
    /// <value>False.</value>
    public bool IgnoreLinks { get; init; }

    /// <summary>Links to places in the page itself become their text.</summary>
    /// <value>False.</value>
    public bool SkipInternalLinks { get; init; }

    /// <summary>Links to mail addresses become their text.</summary>
    /// <value>False.</value>
    public bool IgnoreMailtoLinks { get; init; }

    /// <summary>URLs stand in angle brackets.</summary>
    /// <value>False.</value>
    public bool ProtectLinks { get; init; }

    /// <summary>Links whose text is their URL are written as the URL alone.</summary>
    /// <value>True.</value>
    public bool UseAutomaticLinks { get; init; } = true;

    /// <summary>URLs stand beside the text of their links, not in a list at the end.</summary>
    /// <value>True.</value>
    public bool InlineLinks { get; init; } = true;

    /// <summary>Images are left out.</summary>
    /// <value>False.</value>
    public bool IgnoreImages { get; init; }

    /// <summary>Images become their alternative text.</summary>
    /// <value>False.</value>
    public bool ImagesToAlt { get; init; }

    /// <summary>Images are written as HTML with their size.</summary>
    /// <value>False.</value>
    public bool ImagesAsHtml { get; init; }

    /// <summary>Images that have a size are written as HTML.</summary>
    /// <value>False.</value>
    public bool ImagesWithSize { get; init; }

    /// <summary>The alternative text of images that have none.</summary>
    /// <value>Empty.</value>
    public string DefaultImageAlt { get; init; } = "";

    /// <summary>Emphasised text is text.</summary>
    /// <value>False.</value>
    public bool IgnoreEmphasis { get; init; }

    /// <summary>Tables become paragraphs, one for each cell.</summary>
    /// <value>False.</value>
    public bool IgnoreTables { get; init; }

    /// <summary>Tables are written as HTML.</summary>
    /// <value>False.</value>
    public bool BypassTables { get; init; }

    /// <summary>Superscript and subscript keep their HTML tags.</summary>
    /// <value>False.</value>
    public bool IncludeSupSub { get; init; }

    /// <summary>Elements within lines with these tag names, and tables, keep their HTML tags.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> PreserveTags { get; init; } = [];

    /// <summary>What list items begin with: *, - or +. A list right after another takes a different
    /// one.</summary>
    /// <value>*.</value>
    public char UlItemMark { get; init; } = '*';

    /// <summary>What stands around emphasised text: _ or *. Within a word it is always *.</summary>
    /// <value>_.</value>
    public char EmphasisMark { get; init; } = '_';

    /// <summary>What stands, twice, around strong text: * or _. Within a word it is always *.</summary>
    /// <value>*.</value>
    public char StrongMark { get; init; } = '*';

    /// <summary>What a short quote begins with.</summary>
    /// <value>A straight quotation mark.</value>
    public string OpenQuote { get; init; } = "\"";

    /// <summary>What it ends with.</summary>
    /// <value>A straight quotation mark.</value>
    public string CloseQuote { get; init; } = "\"";
}
