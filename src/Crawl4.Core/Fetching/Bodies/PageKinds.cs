using System.Buffers;

namespace Crawl4.Core.Fetching.Bodies;

/// <summary>Decides what a body is: by its Content-Type, and by a look at its first bytes where that says
/// nothing or cannot be true (after WHATWG MIME sniffing, sections 5 and 7).</summary>
internal static class PageKinds
{
    /// <summary>The standard's resource header is 1,445 bytes; more does not change the verdict.</summary>
    private const int LookAtBytes = 1445;

    /// <summary>One control byte in twenty that no text has: a page with a stray NUL stays a page, an image
    /// that is served as text/html does not.</summary>
    private const double BinaryShare = 0.05;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/>");

    /// <param name="type">The Content-Type's essence, or empty.</param>
    /// <param name="body">The body.</param>
    public static PageKind Of(string type, ReadOnlySpan<byte> body)
    {
        var declared = Declared(type);
        if (declared == PageKind.Download || body.Length == 0)
        {
            return declared ?? PageKind.Text;
        }

        if (IsBinary(body))
        {
            return PageKind.Download;
        }

        return declared switch
        {
            PageKind.Xml => RootKind(body, PageKind.Xml),
            PageKind.Html => RootKind(body, PageKind.Html),
            null => Sniff(body),
            _ => declared.Value,
        };
    }

    /// <summary>By a file's extension, or null where it says nothing.</summary>
    public static string TypeOfExtension(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".html" or ".htm" or ".xhtml" or ".xht" or ".shtml" or ".mhtml" => "text/html",
        ".xml" or ".xsl" or ".xsd" or ".svg" or ".rdf" => "application/xml",
        ".rss" or ".atom" => "application/rss+xml",
        ".json" or ".jsonl" or ".ndjson" or ".geojson" or ".jsonld" => "application/json",
        ".csv" => "text/csv",
        ".txt" or ".md" or ".markdown" or ".log" or ".tsv" or ".yaml" or ".yml" or ".js" or ".css"
            or ".ini" =>
            "text/plain",
        _ => "",
    };

    private static PageKind? Declared(string type) => type switch
    {
        "text/html" or "application/xhtml+xml" or "application/vnd.wap.xhtml+xml" => PageKind.Html,
        "application/rss+xml" or "application/atom+xml" or "application/rdf+xml" or "text/rss+xml"
            or "application/rss" or "application/atom" => PageKind.Feed,
        "application/xml" or "text/xml" => PageKind.Xml,
        "text/csv" or "application/csv" or "text/comma-separated-values" => PageKind.Csv,
        "application/json" or "text/json" or "application/x-json" or "application/ndjson"
            or "application/x-ndjson"
            or "application/jsonl" or "application/x-jsonlines" or "application/json-seq" or "text/x-json" =>
                PageKind.Json,
        "application/javascript" or "application/x-javascript" or "application/ecmascript"
            or "application/yaml"
            or "application/x-yaml" or "application/toml" or "application/x-sh" or "application/x-httpd-php"
            or "application/sql" or "application/graphql" or "application/x-tex" => PageKind.Text,
        "" or "unknown/unknown" or "application/unknown" or "*/*" or "content/unknown" => null,
        _ when type.EndsWith("+xml", StringComparison.Ordinal) => PageKind.Xml,
        _ when type.EndsWith("+json", StringComparison.Ordinal) => PageKind.Json,
        _ when type.StartsWith("text/", StringComparison.Ordinal) => PageKind.Text,
        _ when !type.Contains('/', StringComparison.Ordinal) => null,
        _ => PageKind.Download,
    };

    private static PageKind Sniff(ReadOnlySpan<byte> body)
    {
        var head = Head(body);
        if (head.StartsWith('{') || head.StartsWith('['))
        {
            return PageKind.Json;
        }

        if (head.StartsWith('<'))
        {
            var kind = RootKind(
                body, head.StartsWith("<?xml", StringComparison.Ordinal) ? PageKind.Xml : PageKind.Text);
            return kind == PageKind.Text && LooksLikeHtml(head) ? PageKind.Html : kind;
        }

        return LooksLikeHtml(head) ? PageKind.Html : PageKind.Text;
    }

    private static bool LooksLikeHtml(string head) =>
        head.Contains("<html", StringComparison.OrdinalIgnoreCase)
        || head.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)
        || head.Contains("<head", StringComparison.OrdinalIgnoreCase)
        || head.Contains("<body", StringComparison.OrdinalIgnoreCase)
        || head.Contains("<script", StringComparison.OrdinalIgnoreCase)
        || head.Contains("<p>", StringComparison.OrdinalIgnoreCase)
        || head.Contains("<div", StringComparison.OrdinalIgnoreCase)
        || head.Contains("<a ", StringComparison.OrdinalIgnoreCase)
        || head.Contains("<table", StringComparison.OrdinalIgnoreCase)
        || head.Contains("<h1", StringComparison.OrdinalIgnoreCase);

    /// <summary>By the first element: a feed, HTML, or what it was taken for.</summary>
    private static PageKind RootKind(ReadOnlySpan<byte> body, PageKind otherwise)
    {
        var head = Head(body);
        var at = 0;
        while (at >= 0 && at < head.Length && head[at] == '<' && at + 1 < head.Length
            && head[at + 1] is '?' or '!')
        {
            at = head.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal)
                ? After(head, "-->", at)
                : After(head, ">", at);
            while (at >= 0 && at < head.Length && char.IsWhiteSpace(head[at]))
            {
                at++;
            }
        }

        if (at < 0 || at + 1 >= head.Length || head[at] != '<')
        {
            return otherwise;
        }

        var end = head.AsSpan(at + 1).IndexOfAny(NameEnds);
        var root = (end < 0 ? head[(at + 1)..] : head.Substring(at + 1, end)).ToLowerInvariant();
        return root switch
        {
            "rss" or "feed" or "rdf:rdf" or "atom:feed" => PageKind.Feed,
            "html" => PageKind.Html,
            _ => otherwise,
        };
    }

    private static int After(string text, string mark, int from)
    {
        var at = text.IndexOf(mark, from, StringComparison.Ordinal);
        return at < 0 ? -1 : at + mark.Length;
    }

    /// <summary>The start as text, whatever the charset: without byte order mark, zero bytes and leading
    /// space.</summary>
    private static string Head(ReadOnlySpan<byte> body)
    {
        var text = System.Text.Encoding.Latin1.GetString(body[..Math.Min(body.Length, LookAtBytes)]);
        return text.Replace("\0", "", StringComparison.Ordinal)
            .TrimStart('\u00ef', '\u00bb', '\u00bf', '\u00fe', '\u00ff')
            .TrimStart();
    }

    private static bool IsBinary(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            || body.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
            || Charsets.Utf16Shape.Find(body) is not null)
        {
            return false;
        }

        if (body.StartsWith("%PDF-"u8) || body.StartsWith("PK\u0003\u0004"u8) || body.StartsWith("GIF8"u8)
            || body.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47])
            || body.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
            || body.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]))
        {
            return true;
        }

        var head = body[..Math.Min(body.Length, LookAtBytes)];
        var control = 0;
        foreach (var value in head)
        {
            // The standard's binary data bytes: all controls but tab, line feed, form feed, return and
            // escape.
            control += value is <= 0x08 or 0x0B or (>= 0x0E and <= 0x1A) or (>= 0x1C and <= 0x1F) ? 1 : 0;
        }

        return control > head.Length * BinaryShare;
    }
}
