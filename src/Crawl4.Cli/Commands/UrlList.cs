using System.Runtime.CompilerServices;

namespace Crawl4.Cli.Commands;

/// <summary>URLs one a line. Empty lines count for nothing, nor does what follows a '#' at the start of a line or
/// after white space; a '#' within a URL belongs to it.</summary>
internal static class UrlList
{
    public static async IAsyncEnumerable<string> ReadAsync(
        TextReader lines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A terminal's read does not end when it is cancelled: it is left behind, and ends with the process.
        while (await lines.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken) is { } line)
        {
            if (WithoutComment(line) is { Length: > 0 } url)
            {
                yield return url;
            }
        }
    }

    private static string WithoutComment(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1])))
            {
                return line[..i].Trim();
            }
        }

        return line.Trim();
    }
}
