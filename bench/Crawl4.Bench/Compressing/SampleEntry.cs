using System.Text;
using Crawl4.Core.Storing;

namespace Crawl4.Bench.Compressing;

/// <summary>An entry as bytes: all of it in one piece, and each text in its own.</summary>
internal sealed class SampleEntry
{
    public SampleEntry(CacheEntry entry)
    {
        using var encoded = new EncodedEntry(entry);
        Whole = [encoded.Bytes.ToArray()];
        Texts = [.. new[]
        {
            entry.Html, entry.CleanedHtml, entry.Markdown, entry.MarkdownWithCitations, entry.ReferencesMarkdown,
            entry.FitMarkdown, entry.FitHtml, entry.ExtractedContent, entry.Media, entry.Links, entry.Metadata,
            entry.Tables, entry.Screenshot, entry.ResponseHeaders, entry.DownloadedFiles,
        }.Where(text => text.Length > 0).Select(Encoding.UTF8.GetBytes)];
    }

    public byte[][] Whole { get; }

    public byte[][] Texts { get; }
}
