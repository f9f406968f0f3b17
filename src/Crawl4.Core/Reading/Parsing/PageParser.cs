using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Text;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>Parses HTML into a tree that is never deeper than <see cref="MaxDepth"/>, in time that grows with
/// the page and not with its nesting.</summary>
internal static class PageParser
{
    /// <summary>The deepest element of any tree. Blink's limit: what no browser shows deeper, no page means
    /// deeper, and every walk may then recurse.</summary>
    public const int MaxDepth = 512;

    /// <summary>Text that was decoded elsewhere may still begin with it; it is no text.</summary>
    private const char ByteOrderMark = '\uFEFF';

    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IDocument Parse(string html, CancellationToken cancellationToken = default)
    {
        html = html.TrimStart(ByteOrderMark);
        var document = ParseBounded(html, cancellationToken);
        RepeatedAttributes.Bound(document, html.Length);
        return document;
    }

    private static IDocument ParseBounded(string html, CancellationToken cancellationToken)
    {
        var limited = NestingGuard.Limit(html, out var isOnlyDeep);

        // The guard may have taken the page for deeper than it is: then nothing is left out.
        if (isOnlyDeep && Watched(html, maxAtLimit: 0, cancellationToken, out _) is { } whole)
        {
            return whole;
        }

        if (Watched(limited, ParseWatch.MaxAtLimit, cancellationToken, out var stoppedAt) is { } document)
        {
            return document;
        }

        // What is left has no tags to watch behind the place where it was stopped.
        var text = ParseWatch.WithoutTagsFrom(limited, stoppedAt);
        return new HtmlParser(Options((_, _) => cancellationToken.ThrowIfCancellationRequested()))
            .ParseDocument(text.AsMemory());
    }

    /// <summary>Null where the parse went too far.</summary>
    private static IDocument? Watched(string html, int maxAtLimit, CancellationToken cancellationToken, out int stoppedAt)
    {
        var watch = new ParseWatch(html.Length, maxAtLimit, cancellationToken);
        try
        {
            return new HtmlParser(Options(watch.OnCreated)).ParseDocument(html.AsMemory());
        }
        catch (ParseStoppedException)
        {
            return null;
        }
        finally
        {
            stoppedAt = watch.StoppedAt;
        }
    }

    private static HtmlParserOptions Options(Action<IElement, TextPosition> onCreated) => new()
    {
        // A noscript's content is markup to leave out, not text to show.
        IsScripting = false,
        DisableElementPositionTracking = true,
        SkipComments = true,
        MaximumDepth = MaxDepth,
        OnCreated = onCreated,
    };
}
