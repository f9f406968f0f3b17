using System.Text.Json.Nodes;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.LanguageModels.Extracting;

/// <summary>Puts the items of a page's pieces together, in order. An item that an earlier piece gave already is left
/// out: pieces overlap, so both saw it. Equal items of one piece stay, since the page has both.</summary>
internal sealed class ItemMerging(bool isBlocks)
{
    /// <summary>Characters of an unread part that its error shows.</summary>
    private const int MaxShown = 500;

    private readonly List<JsonObject> _items = [];
    private readonly List<Crawl4Error> _errors = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public void Add(int piece, AnswerItems answer, bool isCutOff, string url)
    {
        var mine = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in answer.Items)
        {
            if (isBlocks)
            {
                item.Remove("index");
            }

            var identity = CanonicalJson.Of(item);
            if (!_known.Contains(identity))
            {
                mine.Add(identity);
                _items.Add(isBlocks ? Numbered(item, _items.Count) : item);
            }
        }

        _known.UnionWith(mine);
        if (answer.Unread.Count > 0)
        {
            var rest = string.Join('\n', answer.Unread);
            var shown = rest.Length <= MaxShown ? rest : rest[..MaxShown] + "...";
            var why = isCutOff ? " The model's answer ended for its length." : "";
            Add(piece, new Crawl4Error(
                Crawl4ErrorCode.ModelAnswerInvalid,
                $"Part of the answer to piece {piece + 1} of {url} is no item and was left out.{why} It reads: {shown}",
                url)
            { Advice = "Ask with smaller pieces, or allow longer answers." });
        }
    }

    /// <summary>Adds an error as an item in its place.</summary>
    public void Add(int piece, Crawl4Error error)
    {
        _errors.Add(error);
        _items.Add(new JsonObject
        {
            ["index"] = piece,
            ["error"] = true,
            ["tags"] = new JsonArray("error"),
            ["content"] = error.Message,
        });
    }

    public ModelExtraction Merged(ModelUsage usage) => new(new ExtractedData(_items), usage, _errors);

    private static JsonObject Numbered(JsonObject block, int index)
    {
        block.Insert(0, "index", index);
        return block;
    }
}
