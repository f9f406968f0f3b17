using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crawl4.Core.Reading.Extracting.Catalogue;
using Crawl4.Core.Reading.Patterns;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>Finds e-mail addresses, phone numbers, amounts and the like in any text, as Crawl4AI's
/// RegexExtractionStrategy does: labels in the catalogue's order, then the user's own patterns, each with its values in
/// the text's order. An item has <c>url</c>, <c>label</c>, <c>value</c> and <c>span</c>, the start and end in Unicode
/// characters. Card numbers, IBANs and IP addresses are checked, so that what only looks like one is left out. The
/// labels take linear time; patterns of the user's have a time limit.</summary>
public sealed class RegexExtractor : IExtractor
{
    private readonly LabelPattern[] _labels;
    private readonly (string Label, BoundedPattern Pattern)[] _custom;
    private readonly TimeProvider _time;

    /// <summary>Chooses what to look for.</summary>
    /// <param name="labels">Labels of <see cref="AllLabels"/>, in any order; null for all of them.</param>
    /// <param name="custom">Patterns of the user's own by their labels, in Python's syntax. Case makes no difference
    /// and <c>^</c> and <c>$</c> match at lines. Each may take 10 seconds on a text. A label of the catalogue's is
    /// looked for with the user's pattern instead.</param>
    /// <param name="time">Measures that; the system's by default.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a label is unknown or a
    /// pattern is empty or no regular expression.</exception>
    public RegexExtractor(
        IReadOnlyList<string>? labels = null, IReadOnlyDictionary<string, string>? custom = null, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _custom =
        [
            .. (custom ?? new Dictionary<string, string>()).Select(pair => (pair.Key, BoundedPattern.Compile(
                pair.Value, RegexOptions.IgnoreCase | RegexOptions.Multiline, $"pattern '{pair.Key}'"))),
        ];
        RefuseEmpty(_custom.Select(pair => pair.Label).Where(label => custom![label].Length == 0));
        RefuseUnknown(labels ?? []);
        _labels = Array.FindAll(
            LabelCatalogue.All,
            known => (labels is null || labels.Contains(known.Label)) && custom?.ContainsKey(known.Label) != true);
        Fingerprint = ExtractionFingerprint.Of("patterns", new
        {
            Labels = Array.ConvertAll(_labels, label => label.Label),
            Custom = (custom ?? new Dictionary<string, string>()).Select(pair => (string[])[pair.Key, pair.Value]),
        });
    }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <summary>The labels there are, in the order in which their values are given.</summary>
    public static IReadOnlyList<string> AllLabels { get; } = [.. LabelCatalogue.All.Select(known => known.Label)];

    /// <inheritdoc/>
    public ExtractedData Extract(string content, string url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(url);
        var items = new List<JsonObject>();
        foreach (var label in _labels)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var characters = new CharacterCount(content);
            items.AddRange(label.Find(content, cancellationToken).Select(
                found => Item(url, label.Label, content, found.Start, found.Length, characters)));
        }

        foreach (var (label, pattern) in _custom)
        {
            var characters = new CharacterCount(content);
            items.AddRange(pattern.FindAll(content, _time, cancellationToken).Select(
                match => Item(url, label, content, match.Index, match.Length, characters)));
        }

        return new ExtractedData(items);
    }

    // It would match between any two characters, so that a page gives an item for each of them.
    private static void RefuseEmpty(IEnumerable<string> labels)
    {
        if (labels.FirstOrDefault() is { } label)
        {
            throw new Crawl4Error(Crawl4ErrorCode.OptionInvalid, $"The pattern of the label '{label}' is empty.", label)
            { Advice = @"Give a regular expression, such as '(\d+) items'." }.ToException();
        }
    }

    private static void RefuseUnknown(IReadOnlyList<string> labels)
    {
        if (labels.FirstOrDefault(label => !AllLabels.Contains(label)) is { } unknown)
        {
            throw new Crawl4Error(Crawl4ErrorCode.OptionInvalid, $"There is no label '{unknown}'.", "labels")
            {
                Advice = $"Choose among {string.Join(", ", AllLabels)}.",
            }.ToException();
        }
    }

    private static JsonObject Item(
        string url, string label, string content, int start, int length, CharacterCount characters) => new()
    {
        ["url"] = url,
        ["label"] = label,
        ["value"] = content.Substring(start, length),
        ["span"] = new JsonArray(characters.To(start), characters.To(start + length)),
    };

    /// <summary>Counts Unicode characters up to places further and further on, going over the text once.</summary>
    private sealed class CharacterCount(string text)
    {
        private int _at;
        private int _count;

        public int To(int place)
        {
            for (; _at < place; _at++)
            {
                _count += char.IsHighSurrogate(text[_at]) && _at + 1 < text.Length
                    && char.IsLowSurrogate(text[_at + 1]) ? 0 : 1;
            }

            return _count;
        }
    }
}
