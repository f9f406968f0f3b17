using System.Text;
using System.Text.Json;

namespace Crawl4.Bench.Reading;

/// <summary>A page of the public web.</summary>
internal sealed record RealPage(string Url, string Html, int Bytes);

/// <summary>The real pages of a data folder: those that its index.json calls real.</summary>
internal static class RealPages
{
    private const string Host = "http://127.0.0.1:8077";

    /// <summary>The folder named on the command line or in CRAWL4_SHARED_DATA, or the one beside the
    /// repository. Null where there is none.</summary>
    public static string? Folder(string[] arguments)
    {
        var at = Array.IndexOf(arguments, "--data");
        var named = at >= 0 ? arguments[at + 1] : Environment.GetEnvironmentVariable("CRAWL4_SHARED_DATA");
        if (named is not null)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "..", "shared", "data");
            if (File.Exists(Path.Combine(folder.FullName, "Crawl4Ps.sln")) && Directory.Exists(data))
            {
                return Path.GetFullPath(data);
            }
        }

        return null;
    }

    public static RealPage[] Load(string folder)
    {
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "index.json")));
        return [.. index.RootElement.EnumerateArray()
            .Where(row => row.GetProperty("real").GetBoolean())
            .Select(row => One(folder, row.GetProperty("page").GetString()!, row.GetProperty("path").GetString()!))];
    }

    private static RealPage One(string folder, string file, string path)
    {
        var bytes = File.ReadAllBytes(Path.Combine(folder, file));
        return new RealPage(Host + path, Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'), bytes.Length);
    }
}
