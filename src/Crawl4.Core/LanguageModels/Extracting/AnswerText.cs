using System.Buffers;

namespace Crawl4.Core.LanguageModels.Extracting;

/// <summary>Finds what a model means as its answer among what it says around it.</summary>
internal static class AnswerText
{
    private const string Fence = "```";

    private static readonly SearchValues<char> LanguageName =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-");

    /// <summary>The text without the thoughts that reasoning models put before it.</summary>
    public static string WithoutThoughts(string answer)
    {
        const string Open = "<think>";
        const string Close = "</think>";
        var text = answer.TrimStart();
        if (!text.StartsWith(Open, StringComparison.OrdinalIgnoreCase))
        {
            return answer;
        }

        var end = text.IndexOf(Close, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? "" : text[(end + Close.Length)..];
    }

    /// <summary>What stands in a pair of tags, to the end where they are not closed; null where there are none.</summary>
    public static string? InTags(string text, string name)
    {
        var open = text.IndexOf($"<{name}>", StringComparison.OrdinalIgnoreCase);
        if (open < 0)
        {
            return null;
        }

        var start = open + name.Length + 2;
        var end = text.LastIndexOf($"</{name}>", StringComparison.OrdinalIgnoreCase);
        return end < start ? text[start..] : text[start..end];
    }

    /// <summary>What stands in fenced code blocks, one after the other; null where there are none. A fence that closes
    /// begins its line, as nothing within a string of JSON can; one that opens may stand behind words.</summary>
    public static string? InFences(string text)
    {
        var parts = new List<string>();
        List<string>? part = null;
        foreach (var line in text.Split('\n'))
        {
            var isFence = part is null ? Opens(line) : line.TrimStart().StartsWith(Fence, StringComparison.Ordinal);
            if (!isFence)
            {
                part?.Add(line);
                continue;
            }

            if (part is not null)
            {
                parts.Add(string.Join('\n', part));
            }

            part = part is null ? [] : null;
        }

        if (part is not null)
        {
            parts.Add(string.Join('\n', part));
        }

        return parts.Count == 0 ? null : string.Join('\n', parts);
    }

    /// <summary>The JSON of an answer, as a rule: all of it where it begins as JSON, else what tags or fences
    /// hold.</summary>
    public static string Json(string answer)
    {
        var text = WithoutThoughts(answer).Trim();
        if (text.StartsWith('{') || text.StartsWith('['))
        {
            return text;
        }

        var inner = InTags(text, "blocks")?.Trim() ?? text;
        if (inner.StartsWith('{') || inner.StartsWith('['))
        {
            return inner;
        }

        var fenced = InFences(inner) ?? "";
        return fenced.AsSpan().ContainsAny('{', '[') ? fenced : inner;
    }

    private static bool Opens(string line)
    {
        var fence = line.LastIndexOf(Fence, StringComparison.Ordinal);
        return fence >= 0 && line.AsSpan(fence + Fence.Length).Trim().IndexOfAnyExcept(LanguageName) < 0;
    }
}
