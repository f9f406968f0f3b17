namespace Crawl4.Core.Tests.Tidy;

/// <summary>Small files, short methods, lines that fit: what cannot be read in one go is not understood.</summary>
public class SizeTests
{
    private const int MaxFileLines = 400;
    private const int MaxMedianFileLines = 90;
    private const int MaxMethodLines = 70;
    private const int MaxColumns = 130;
    private const int MaxTestColumns = 180;

    [Fact]
    public void Files_Everywhere_StayShort() => Findings.AssertNone(
        from file in SourceTree.Files()
        where file.Lines.Length > MaxFileLines
        select $"{file.Path}: {file.Lines.Length} lines, at most {MaxFileLines}");

    [Fact]
    public void Files_OfTheProduct_AreSmallAsARule()
    {
        var lengths = SourceTree.Files("src").Select(file => file.Lines.Length).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1, MaxMedianFileLines);
    }

    [Fact]
    public void Methods_Everywhere_StayShort() => Findings.AssertNone(
        from file in SourceTree.Files()
        from block in file.MemberBlocks()
        where block.Length > MaxMethodLines
        select $"{file.Path}:{block.Line}: {block.Length} lines, at most {MaxMethodLines}");

    [Fact]
    public void Lines_Everywhere_Fit() => Findings.AssertNone(
        from file in SourceTree.Files()
        from line in file.Lines.Index()
        let most = file.Path.StartsWith("tests/", StringComparison.Ordinal) ? MaxTestColumns : MaxColumns
        where line.Item.Length > most && !line.Item.Contains("http", StringComparison.Ordinal)
        select $"{file.Path}:{line.Index + 1}: {line.Item.Length} columns, at most {most}");
}
