using System.Collections.Frozen;

namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>Endings of words in groups that are treated alike. A group is known by its first ending.</summary>
internal sealed class Endings
{
    private readonly FrozenDictionary<string, string> _groups;
    private readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly int _longest;
    private readonly int _shortest;

    /// <summary>Groups of endings.</summary>
    /// <param name="groups">The endings of each group, parted by spaces.</param>
    public Endings(params ReadOnlySpan<string> groups)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var endings = group.Split(' ');
            foreach (var ending in endings)
            {
                all.Add(ending, endings[0]);
            }
        }

        _groups = all.ToFrozenDictionary(StringComparer.Ordinal);
        _bySpan = _groups.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = all.Keys.Max(ending => ending.Length);
        _shortest = all.Keys.Min(ending => ending.Length);
    }

    /// <summary>The longest ending of a text: its group, or null, and its length.</summary>
    public (string? Group, int Length) Longest(ReadOnlySpan<char> text) => LongestBelow(text, int.MaxValue);

    /// <summary>The longest ending that is shorter than a length.</summary>
    public (string? Group, int Length) LongestBelow(ReadOnlySpan<char> text, int length)
    {
        for (var size = Math.Min(Math.Min(_longest, length - 1), text.Length); size >= _shortest; size--)
        {
            if (_bySpan.TryGetValue(text[^size..], out var group))
            {
                return (group, size);
            }
        }

        return (null, 0);
    }

    public bool Match(ReadOnlySpan<char> text) => Longest(text).Group is not null;
}
