namespace Crawl4.PowerShell.Tests.Module;

/// <summary>What the build lays out is what ships.</summary>
public class ModuleFolderTests
{
    private static readonly string Folder = Path.Combine(Requirement.RepositoryRoot, "out", "module", "Crawl4");

    [Fact]
    public void Root_HoldsTheModuleAndNothingElse() => Assert.Equal(
        ["Crawl4.PowerShell.dll", "Crawl4.format.ps1xml", "Crawl4.psd1", "Crawl4.types.ps1xml", "LICENSE", "THIRD-PARTY-NOTICES.md"],
        Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Fact]
    public void Dependencies_HoldCoreAndItsDepsFile_AndNothingOfPowerShell()
    {
        var names = Directory.EnumerateFiles(Path.Combine(Folder, "dependencies")).Select(path => Path.GetFileName(path)).ToList();
        Assert.Contains("Crawl4.Core.dll", names);
        Assert.Contains("Crawl4.Core.deps.json", names);
        Assert.DoesNotContain("System.Management.Automation.dll", names);
    }

    [Fact]
    public void NativeSqlite_IsThere_ForThePlatformsOfPowerShellOnly() => Assert.Equal(
        ["linux-arm64", "linux-musl-arm64", "linux-musl-x64", "linux-x64", "osx-arm64", "osx-x64", "win-arm64", "win-x64"],
        Directory.EnumerateDirectories(Path.Combine(Folder, "dependencies", "runtimes"))
            .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Fact]
    public void Symbols_DoNotShip() =>
        Assert.Empty(Directory.EnumerateFiles(Folder, "*.pdb", SearchOption.AllDirectories));

    [Fact]
    public void Help_IsThere() => Assert.Equal(
        ["Crawl4.PowerShell.dll-Help.xml", "about_Crawl4.help.txt", "about_Crawl4_Errors.help.txt"],
        Directory.EnumerateFiles(Path.Combine(Folder, "en-US")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
}
