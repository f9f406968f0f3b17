using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Crawl4.Core.Tests.Tidy;

/// <summary>What must be true of the repository as a whole.</summary>
public partial class HouseTests
{
    private static readonly string[] Documents =
        ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE", "Crawl4.psd1", "build.ps1", ".ci/run"];

    [Fact]
    public void Documents_ThatUsersLookFor_AreThere() =>
        Assert.All(Documents, name => Assert.True(File.Exists(InRoot(name)), name));

    [Fact]
    public void Readme_NamesTheTwoCommands_ThatAFreshCloneRuns()
    {
        var readme = File.ReadAllText(InRoot("README.md"));
        Assert.Contains("dotnet run --project src/Crawl4.Cli -- demo", readme, StringComparison.Ordinal);
        Assert.Contains("dotnet test", readme, StringComparison.Ordinal);
        var ci = File.ReadAllText(InRoot(".ci/run"));
        Assert.Contains("dotnet run --project src/Crawl4.Cli", ci, StringComparison.Ordinal);
        Assert.Contains("dotnet test", ci, StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_AreAllPinnedToOneVersion() => Assert.All(
        XDocument.Load(InRoot("Directory.Packages.props")).Descendants("PackageVersion"),
        package => Assert.Matches(ExactVersion(), package.Attribute("Version")!.Value));

    [Fact]
    public void Projects_AllHaveALockFile() => Findings.AssertNone(
        from project in Projects()
        where !File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json"))
        select project);

    [Fact]
    public void Solution_HasEveryProject()
    {
        var solution = File.ReadAllText(InRoot("Crawl4Ps.sln")).Replace('\\', '/');
        Assert.All(Projects(), project => Assert.Contains(
            Path.GetRelativePath(Requirement.RepositoryRoot, project).Replace('\\', '/'), solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Version_OfTheManifest_IsThatOfTheAssemblies()
    {
        var manifest = File.ReadAllText(InRoot("Crawl4.psd1"));
        var version = ModuleVersion().Match(manifest).Groups[1].Value;
        Assert.Equal(version, typeof(Crawl4Exception).Assembly.GetName().Version!.ToString(3));
        Assert.Contains($"## {version}", File.ReadAllText(InRoot("CHANGELOG.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Containers_ArePinned_AndReachedFromThisMachineAlone()
    {
        var lines = File.ReadAllLines(InRoot("docker-compose.aws.yml")).Select(line => line.Trim()).ToList();
        var images = lines.Where(line => line.StartsWith("image:", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, images.Count);
        Assert.All(images, image => Assert.Matches(PinnedImage(), image));
        var ports = lines.Where(line => PublishedPort().IsMatch(line)).ToList();
        Assert.Equal(3, ports.Count);
        Assert.All(ports, port => Assert.StartsWith("- \"127.0.0.1:", port, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Projects() => Directory
        .EnumerateFiles(Requirement.RepositoryRoot, "*.csproj", SearchOption.AllDirectories)
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}out{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string InRoot(string name) => Path.Combine(Requirement.RepositoryRoot, name);

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?(-[\w.-]+)?$")]
    private static partial Regex ExactVersion();

    [GeneratedRegex(@"^image: \S+:\d+\.\d+(\.\d+)?(-alpine)?$")]
    private static partial Regex PinnedImage();

    [GeneratedRegex("""^- "?([\d.]+:)?\d+:\d+"?$""")]
    private static partial Regex PublishedPort();

    [GeneratedRegex(@"ModuleVersion\s*=\s*'([^']+)'")]
    private static partial Regex ModuleVersion();
}
