using System.Text;

namespace Crawl4.PowerShell.Binding;

/// <summary>Puts documents together that come line by line, as Get-Content and native programs give them. Text with a
/// line break in it is a document of its own. Lines are joined until there is one, until they come from another file,
/// or until a line begins a page after the page before has ended.</summary>
internal sealed class DocumentLines
{
    private readonly StringBuilder _lines = new();
    private string? _file;
    private bool _hasEnded;

    /// <summary>Takes a text, and gives the documents that are whole now.</summary>
    /// <param name="text">A line or a document.</param>
    /// <param name="file">The file that it is from, as Get-Content says; null where nothing says it.</param>
    public IEnumerable<LinedDocument> Add(string text, string? file)
    {
        var isDocument = text.Contains('\n', StringComparison.Ordinal);
        if (_lines.Length > 0 && (isDocument || file != _file || (_hasEnded && BeginsPage(text))))
        {
            yield return Take();
        }

        if (isDocument)
        {
            yield return new LinedDocument(text, file);
            yield break;
        }

        _file = file;
        _lines.Append(text).Append('\n');
        _hasEnded |= text.Contains("</html", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What is left at the end, or null.</summary>
    public LinedDocument? End() => _lines.Length > 0 ? Take() : null;

    private static bool BeginsPage(string line)
    {
        var text = line.AsSpan().TrimStart();
        return text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    private LinedDocument Take()
    {
        var document = new LinedDocument(_lines.ToString(), _file);
        _lines.Clear();
        _hasEnded = false;
        return document;
    }
}

/// <summary>A document that came as text.</summary>
/// <param name="Html">Its HTML.</param>
/// <param name="File">The file that it is from, or null.</param>
internal sealed record LinedDocument(string Html, string? File);
