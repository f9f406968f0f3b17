using Crawl4.Core.Reading;
using Crawl4.Quality;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading;

/// <summary>How well pages are read, by the figures that the benchmark prints.</summary>
public class ReadingQualityTests(ITestOutputHelper output)
{
    private static readonly Lazy<QualityData> Data = new(() => new QualityData(Requirement.SharedDataFolder));

    public static TheoryData<string> Names => [.. ReadingQuality.Names];

    [RequiresTheory(Requirement.SharedData)]
    [MemberData(nameof(Names))]
    public void Measure_EveryKind_MeetsItsGoals(string name)
    {
        foreach (var measure in ReadingQuality.Measure(name, Data.Value))
        {
            output.WriteLine($"{measure.Figure:P2} of {measure.Count} {measure.Of}: {measure.Name}");
            measure.Differences.Take(40).ToList().ForEach(output.WriteLine);
            Assert.True(measure.IsMet, $"{measure.Name}: {measure.Figure:P2}, {string.Join("; ", measure.Differences.Take(1))}");
        }
    }

    [RequiresFact(Requirement.SharedData)]
    public void WhyBlocked_EveryPage_IsNoWall() => Assert.All(
        Data.Value.Pages, page => Assert.Null(BlockedPageDetection.WhyBlocked(403, page.Html)));

    [Fact]
    public void IsMet_CorrectionNeverMet_IsFalse()
    {
        var measure = new Measure("m", 1, 1, 1, "pages");
        Assert.True(measure.IsMet);
        Assert.False((measure with { Corrections = [new Correction("c", "r", 0)] }).IsMet);
        Assert.False((measure with { Figure = 0.99 }).IsMet);
        Assert.False((measure with { Count = 0 }).IsMet);
    }
}
