using System.Text.Json.Nodes;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.Reading.Clustering;

/// <summary>Clusters the texts of a page and makes an item of each cluster.</summary>
internal static class TextClusters
{
    /// <summary>The items in the order of their first texts on the page: <c>index</c>, <c>tags</c> and
    /// <c>content</c>.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="space">Their vectors.</param>
    /// <param name="relevance">How much each is about what is looked for, or null where all are wanted.</param>
    /// <param name="words">Their words, for tags.</param>
    /// <param name="options">How they are clustered.</param>
    /// <param name="maxDistance">The distance where the options say none.</param>
    /// <param name="cancellationToken">Stops between texts.</param>
    public static ExtractedData Of(
        PageTexts texts,
        ITextSpace space,
        float[]? relevance,
        WordSpace words,
        CosineOptions options,
        double maxDistance,
        CancellationToken cancellationToken)
    {
        int[] kept = [.. Enumerable.Range(0, texts.Sorted.Count)
            .Where(text => relevance is null || relevance[text] >= options.SimilarityThreshold)];
        var distances = Distances(kept, space, texts.Sorted.Count, cancellationToken);
        var labels = Agglomeration.Cut(
            distances, options.Linkage, options.MaxDistance ?? maxDistance, cancellationToken);
        var items = new List<JsonObject>();
        var clusters = kept.Zip(labels)
            .GroupBy(each => each.Second, each => each.First)
            .Select(cluster => cluster.OrderBy(texts.PositionOf).ToList())
            .OrderBy(cluster => texts.PositionOf(cluster[0]));
        foreach (var cluster in clusters)
        {
            var content = string.Join("\n\n", cluster.Select(text => texts.Sorted[text]));
            if (TextWords.Count(content) >= options.WordCountThreshold)
            {
                items.Add(new JsonObject
                {
                    ["index"] = items.Count,
                    ["tags"] = new JsonArray([.. words.Top(cluster, options.TopK).Select(tag => JsonValue.Create(tag))]),
                    ["content"] = content,
                });
            }
        }

        return new ExtractedData(items);
    }

    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/>.</exception>
    public static CosineOptions Checked(CosineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Require(options.SimilarityThreshold is >= -1 and <= 1, nameof(options.SimilarityThreshold), "must be -1 to 1");
        Require(options.MaxDistance is null or >= 0, nameof(options.MaxDistance), "must be at least 0");
        Require(Enum.IsDefined(options.Linkage), nameof(options.Linkage), "is none that is known");
        Require(options.WordCountThreshold >= 0, nameof(options.WordCountThreshold), "must be at least 0");
        Require(options.TopK >= 0, nameof(options.TopK), "must be at least 0");
        return options;
    }

    private static DistanceMatrix Distances(
        int[] kept, ITextSpace space, int count, CancellationToken cancellationToken)
    {
        var distances = new DistanceMatrix(kept.Length);
        var cosines = new float[count];
        for (var text = 1; text < kept.Length; text++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            space.Cosines(kept[text], cosines);
            for (var other = 0; other < text; other++)
            {
                distances[text, other] = Math.Clamp(1 - cosines[kept[other]], 0, 2);
            }
        }

        return distances;
    }

    private static void Require(bool holds, string name, string rule)
    {
        if (!holds)
        {
            throw new Crawl4Exception(Crawl4ErrorCode.OptionInvalid, $"{name} {rule}.", name);
        }
    }
}
