namespace Crawl4.Core.Tests.Tidy;

/// <summary>The project's own C# files, as text.</summary>
internal static class SourceTree
{
    private static readonly string[] Roots = ["src", "tests", "bench", "build"];

    public static IEnumerable<SourceFile> Files(params string[] roots) =>
        from root in roots.Length == 0 ? Roots : roots
        let folder = Path.Combine(Requirement.RepositoryRoot, root)
        where Directory.Exists(folder)
        from path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Requirement.RepositoryRoot, path).Replace('\\', '/')
        where !relative.Contains("/obj/", StringComparison.Ordinal) && !relative.Contains("/bin/", StringComparison.Ordinal)
        orderby relative
        select new SourceFile(relative, File.ReadAllLines(path));
}

internal sealed record SourceFile(string Path, string[] Lines)
{
    /// <summary>Blocks of members, found by indentation: in a file-scoped namespace a member's braces stand at four
    /// spaces.</summary>
    public IEnumerable<(int Line, int Length)> MemberBlocks()
    {
        var start = -1;
        for (var i = 0; i < Lines.Length; i++)
        {
            if (Lines[i] == "    {" && start < 0)
            {
                start = i;
            }
            else if (Lines[i].StartsWith("    }", StringComparison.Ordinal) && start >= 0)
            {
                if (!IsType(start))
                {
                    yield return (start + 1, i - start - 1);
                }

                start = -1;
            }
        }
    }

    private bool IsType(int brace)
    {
        for (var i = brace - 1; i >= 0 && Lines[i].StartsWith("     ", StringComparison.Ordinal); i--)
        {
            brace = i;
        }

        var declaration = " " + Lines[Math.Max(0, brace - 1)].Trim() + " ";
        return new[] { " class ", " struct ", " record ", " enum ", " interface " }
            .Any(word => declaration.Contains(word, StringComparison.Ordinal));
    }
}
