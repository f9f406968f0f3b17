using System.Text.RegularExpressions;

namespace Crawl4.Core.Tests.Tidy;

/// <summary>Names that say nothing, and things left lying about.</summary>
public partial class WordingTests
{
    private static readonly string[] EmptyNames = ["Utils", "Util", "Helpers", "Helper", "Common", "Manager", "Misc"];

    [Fact]
    public void Names_OfFilesAndFolders_SayWhatIsInThem() => Findings.AssertNone(
        from file in SourceTree.Files()
        from part in Path.ChangeExtension(file.Path, null).Split('/')
        where EmptyNames.Any(name => part.EndsWith(name, StringComparison.Ordinal))
        select file.Path);

    [Fact]
    public void Code_Everywhere_HasNoLoose_Ends() => Findings.AssertNone(
        from file in SourceTree.Files("src", "bench", "build")
        from line in file.Lines.Index()
        where LooseEnd().IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}");

    [Fact]
    public void Code_Everywhere_SwallowsNothing() => Findings.AssertNone(
        from file in SourceTree.Files("src")
        where SwallowsAll().IsMatch(string.Join('\n', file.Lines))
        select file.Path);

    [Fact]
    public void Rule_AgainstSwallowing_SeesAnEmptyCatchOverSeveralLines()
    {
        Assert.Matches(SwallowsAll(), "catch (Exception)\n        {\n        }");
        Assert.Matches(SwallowsAll(), "catch (Exception error)\n{\n}");
        Assert.DoesNotMatch(SwallowsAll(), "catch (Exception)\n{\n    // why\n}");
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException|#region|#pragma warning disable")]
    private static partial Regex LooseEnd();

    [GeneratedRegex(@"catch\s*(\(Exception(\s+\w+)?\))?\s*\{\s*\}")]
    private static partial Regex SwallowsAll();
}
