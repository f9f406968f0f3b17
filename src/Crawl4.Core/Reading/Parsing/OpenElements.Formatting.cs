using System.Runtime.InteropServices;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>Formatting: what was not closed with the block around it is opened again in the next one, and what ends before a
/// block within it is copied into that.</summary>
internal sealed partial class OpenElements
{
    /// <summary>How often the parser takes formatting out from around a block before it lets it be.</summary>
    private const int MaxTakenOut = 7;

    /// <summary>Equal formatting elements that the parser opens again. It forgets the first of more.</summary>
    private const int MaxSame = 3;

    /// <summary>Elements that the parser makes at most where formatting ends before a block within it does: it and three
    /// within it, eight times.</summary>
    private const int MaxCopiedAtEnd = 32;

    /// <summary>Opens formatting again that was closed with the block around it: text follows.</summary>
    public void Reopen()
    {
        for (var index = _mark; index < _waiting.Count; index++)
        {
            Repeated += _waiting[index].Weight;
            Formatting--;
            Push(_waiting[index]);
        }

        if (_waiting.Count > _mark)
        {
            CollectionsMarshal.SetCount(_waiting, _mark);
        }
    }

    /// <summary>Closes the formatting that would be opened again with the next block. Returns its end tags.</summary>
    public string EndFormatting()
    {
        var ids = _waiting.Skip(_mark).Reverse().Concat(_open.AsEnumerable().Reverse()
            .TakeWhile(open => open.Kind is not (NestingKind.Boundary or NestingKind.Special))
            .Where(open => open.IsRemembered)).Select(open => open.Id).ToList();
        ids.ForEach(CloseFormatting);
        return string.Concat(ids.Select(id => $"</{TagNesting.NameOf(id)}>"));
    }

    /// <summary>Elements that the parser would repeat to end formatting: where that comes before the end of a block within
    /// it, what stands between may get a copy.</summary>
    public long CopiedAtEnd(int id)
    {
        if (_openOf[id] == 0 || _waiting.FindLastIndex(waiting => waiting.Id == id) >= _mark)
        {
            return 0;
        }

        var index = _open.FindLastIndex(open => open.Id == id || open.Kind == NestingKind.Boundary);
        return index < 0 || _open[index].Id != id || _open.FindIndex(index, open => open.Kind == NestingKind.Special) < 0
            ? 0 : Copied(index);
    }

    private long Copied(int index)
    {
        var heaviest = 0;
        for (var within = index; within < _open.Count; within++)
        {
            heaviest = _open[within].IsRemembered ? Math.Max(heaviest, _open[within].Weight) : heaviest;
        }

        return Math.Min(MaxCopiedAtEnd, _open.Count - 1L - index) * heaviest;
    }

    /// <summary>Formatting that is closed before a block within it ends: the block stays open.</summary>
    private void CloseFormatting(int id)
    {
        var waits = _waiting.FindLastIndex(waiting => waiting.Id == id);
        if (waits >= _mark)
        {
            _waiting.RemoveAt(waits);
            Formatting--;
            return;
        }

        if (_openOf[id] == 0)
        {
            return;
        }

        var blocks = 0;
        for (var index = _open.Count - 1; index >= 0; index--)
        {
            var open = _open[index];
            if (open.Id == id)
            {
                if (blocks == 0)
                {
                    CloseFrom(index);
                }
                else
                {
                    TakeOut(index, blocks);
                }

                return;
            }

            if (open.Kind == NestingKind.Boundary)
            {
                return;
            }

            blocks += open.Kind == NestingKind.Special ? 1 : 0;
        }
    }

    private void TakeOut(int index, int blocks)
    {
        // The parser makes copies of it within the blocks.
        Repeated += Copied(index);
        if (blocks <= MaxTakenOut)
        {
            _openOf[_open[index].Id]--;
            Formatting -= _open[index].IsRemembered ? 1 : 0;
            _open.RemoveAt(index);
        }
    }

    private void Forget(int same)
    {
        var (first, count) = (-1, 0);
        for (var index = _open.Count - 1; index >= 0 && _open[index].Kind != NestingKind.Boundary; index--)
        {
            (first, count) = _open[index].Same == same ? (index, count + 1) : (first, count);
        }

        if (count >= MaxSame)
        {
            _open[first] = _open[first] with { Same = 0 };
            Formatting--;
        }
    }
}
