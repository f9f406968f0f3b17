using Crawl4.Quality;
using Crawl4.Core.Reading;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading;

/// <summary>Pages that nobody wrote. bench/ runs the same for minutes.</summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const int Inputs = 1_500;

    /// <summary>Characters of the pages that are mutated. Small ones reach as many paths in less time.</summary>
    private const int MaxLength = 15_000;

    private const int MaxGrowth = 64;

    private const int FreeGrowth = 2_000_000;

    private static readonly ReadingOptions[] Options =
    [
        ReadingOptions.Default,
        new() { ContentFilter = new PruningContentFilter(), RemoveOverlays = true, ScoreLinks = true },
        new() { ContentFilter = new Bm25ContentFilter(), TableScoreThreshold = -9, ImageScoreThreshold = -9 },
    ];

    [Fact]
    public void ReadHtml_MutatedMadePages_NeverThrows() => Fuzz(20_261_122,
        [.. MadePages.Honest.Concat(MadePages.Hostile).Select(page => page.Make(2_000))]);

    [RequiresFact(Requirement.SharedData)]
    public void ReadHtml_MutatedRealPages_NeverThrows() => Fuzz(20_261_123,
        [.. new QualityData(Requirement.SharedDataFolder).Pages.Where(page => page.Html.Length < MaxLength).Select(page => page.Html)]);

    [Fact]
    public void ReadHtml_HalfACharacterInJsonLd_IsLeftOut()
    {
        var html = "<script type=application/ld+json>{\"a\": \"" + '\udc00' + "\"}</script><p>text";
        var page = new PageReader().ReadHtml(html, "http://h.example/", ReadingOptions.Default, CancellationToken.None);
        Assert.Equal("text\n", page.Markdown.RawMarkdown);
        Assert.False(page.Metadata.ContainsKey("json_ld"));
    }

    private void Fuzz(int seed, IReadOnlyList<string> pages)
    {
        output.WriteLine($"seed {seed}, {Inputs} inputs made of {pages.Count} pages");
        var mutation = new PageMutation(seed, pages);
        var reader = new PageReader();
        for (var input = 0; input < Inputs; input++)
        {
            var html = mutation.Next();
            try
            {
                var page = reader.ReadHtml(html, "http://h.example/a/b", Options[input % Options.Length], CancellationToken.None);
                Assert.InRange(page.CleanedHtml.Length, 0, (html.Length * MaxGrowth) + FreeGrowth);
                Assert.InRange(page.Markdown.RawMarkdown.Length, 0, (html.Length * MaxGrowth) + FreeGrowth);
            }
            catch (Exception cause) when (cause is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"seed {seed}, input {input}", cause);
            }
        }
    }
}
