using System.Text.RegularExpressions;

namespace Crawl4.Core.Tests.Tidy;

/// <summary>Inside Core a folder depends only on folders that stand further out.</summary>
public partial class LayeringTests
{
    private static readonly string[] Edge = ["Diagnostics", "Settings", "Hashing", "Files", ""];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Crawling"] = ["Fetching", "Reading", "LanguageModels", "Storing"],
        ["Fetching"] = [],
        ["Reading"] = [],
        ["Rollout"] = [],
        ["Storing"] = ["Rollout"],
        ["Verifying"] = ["Storing", "Rollout"],
        ["Migrating"] = ["Storing", "Rollout"],
        ["LanguageModels"] = ["Fetching", "Reading"],
        ["Diagnostics"] = [],
        ["Settings"] = [],
        ["Files"] = [],
        ["Hashing"] = [],
    };

    [Fact]
    public void Folders_OfCore_DependOnlyOutwards() => Findings.AssertNone(
        from file in SourceTree.Files("src/Crawl4.Core")
        let folder = Folder(file.Path)
        where folder.Length > 0
        from line in file.Lines
        let match = Reference().Match(line)
        where match.Success
        let other = match.Groups[1].Value
        where other != folder && !Edge.Contains(other) && !Allowed[folder].Contains(other)
        select $"{file.Path} uses {other}");

    [Fact]
    public void Folders_OfCore_AreTheKnownOnes() => Findings.AssertNone(
        from file in SourceTree.Files("src/Crawl4.Core")
        let folder = Folder(file.Path)
        where folder.Length > 0 && !Allowed.ContainsKey(folder)
        select folder);

    [Theory]
    [InlineData("Microsoft.Data.Sqlite", "Storing/Sqlite")]
    [InlineData("Amazon", "Storing/DynamoDb")]
    [InlineData("AngleSharp", "Reading")]
    [InlineData("System.Net.Http", "Fetching")]
    public void Package_OfOneFolder_IsUsedNowhereElse(string package, string home) => Findings.AssertNone(
        from file in SourceTree.Files("src")
        where !file.Path.StartsWith($"src/Crawl4.Core/{home}/", StringComparison.Ordinal)
        where file.Lines.Any(line => line.StartsWith($"using {package}", StringComparison.Ordinal))
        select file.Path);

    private static string Folder(string path)
    {
        var parts = path.Split('/');
        return parts.Length > 3 ? parts[2] : "";
    }

    [GeneratedRegex(@"^using (?:static )?Crawl4\.Core\.(\w+)")]
    private static partial Regex Reference();
}
