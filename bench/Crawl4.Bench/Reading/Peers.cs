using System.Diagnostics;

namespace Crawl4.Bench.Reading;

/// <summary>Runs other converters on the same pages: programs beside this one, where Node, Python and the packages
/// are there.</summary>
internal static class Peers
{
    private static readonly (string Name, string Program, string[] Arguments)[] Programs =
    [
        ("turndown (Node)", "node", ["peer_markdown.mjs", "DATA", "turndown"]),
        ("node-html-markdown (Node)", "node", ["peer_markdown.mjs", "DATA", "node-html-markdown"]),
        ("html-to-markdown (Rust, from Node)", "node", ["peer_markdown.mjs", "DATA", "rust"]),
        ("html2text (Python)", "/usr/bin/python3", ["peer_markdown.py", "DATA"]),
    ];

    public static void Run(string? data)
    {
        Console.WriteLine("\nPeers, raw HTML to Markdown alone, CPU time of their process");
        if (data is null || Folder() is not { } bench)
        {
            Console.WriteLine("The real pages are not here (--data DIR).");
            return;
        }

        foreach (var (name, program, arguments) in Programs)
        {
            Console.WriteLine($"{name,-44}{One(program, arguments, bench, data)}");
        }
    }

    private static string One(string program, string[] arguments, string bench, string data)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, WorkingDirectory = bench };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument == "DATA" ? data : argument);
        }

        try
        {
            using var process = Process.Start(start)!;
            return process.StandardOutput.ReadToEnd().Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"needs {program}, which is not here";
        }
    }

    private static string? Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "peer_markdown.mjs")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
