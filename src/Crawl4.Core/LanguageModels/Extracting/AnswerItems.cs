using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crawl4.Core.LanguageModels.Extracting;

/// <summary>Reads the items of an answer. What is whole is kept, whatever stands around it or is broken beside
/// it.</summary>
internal sealed class AnswerItems
{
    /// <summary>The property that the question asks items to be put under.</summary>
    public const string Property = "items";

    private static readonly JsonReaderOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private readonly byte[] _json;
    private readonly Func<string, bool> _isOwnProperty;
    private readonly List<JsonObject> _items = [];
    private readonly List<string> _unread = [];
    private int _at;
    private bool _isFound;

    private AnswerItems(string json, Func<string, bool> isOwnProperty)
    {
        _json = Encoding.UTF8.GetBytes(json);
        _isOwnProperty = isOwnProperty;
    }

    public IReadOnlyList<JsonObject> Items => _items;

    /// <summary>What could not be read, each part as it stands.</summary>
    public IReadOnlyList<string> Unread => _unread;

    /// <summary>Reads an answer.</summary>
    /// <param name="answer">All of it.</param>
    /// <param name="isOwnProperty">True for a name that an item has itself, so that an object with nothing but a list
    /// under it is an item and not the list of all items.</param>
    public static AnswerItems Read(string answer, Func<string, bool> isOwnProperty)
    {
        var items = new AnswerItems(AnswerText.Json(answer), isOwnProperty);
        items.ReadAll();
        if (!items._isFound && items._unread.Count == 0)
        {
            items._unread.Add(answer);
        }

        return items;
    }

    private void ReadAll()
    {
        for (; (_at = Find(_at)) < _json.Length;)
        {
            if (!LooksLikeJson(_at))
            {
                _at++;
            }
            else if (TryValue(out var value))
            {
                Take(value);
            }
            else if (ListStart() is var list and >= 0)
            {
                _isFound = true;
                _at = list;
                Salvage();
            }
            else
            {
                SkipBroken();
            }
        }
    }

    private int Find(int from)
    {
        var found = _json.AsSpan(from).IndexOfAny((byte)'{', (byte)'[');
        return found < 0 ? _json.Length : from + found;
    }

    /// <summary>Tells JSON from brackets in prose.</summary>
    private bool LooksLikeJson(int at)
    {
        var next = SkipSpace(at + 1);
        return next == _json.Length || (_json[at] == '{'
            ? _json[next] is (byte)'"' or (byte)'}' or (byte)'\''
            : _json[next] is (byte)'{' or (byte)']' or (byte)'"');
    }

    private bool TryValue(out JsonNode? value)
    {
        if (TryParse(_json.AsSpan(_at), out value, out var length))
        {
            _at += length;
            return true;
        }

        var end = EndOfBroken(_at);
        var isMended = LineBreaks.Escaped(_json.AsSpan(_at, end - _at)) is { } mended && TryParse(mended, out value, out _);
        _at = isMended ? end : _at;
        return isMended;
    }

    private static bool TryParse(ReadOnlySpan<byte> json, out JsonNode? value, out int length)
    {
        value = null;
        length = 0;
        try
        {
            var reader = new Utf8JsonReader(json, Lenient);
            using var document = JsonDocument.ParseValue(ref reader);
            value = Copy(document.RootElement);
            length = (int)reader.BytesConsumed;
            return true;
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in a string is the other one.
            return false;
        }
    }

    /// <summary>Of properties with one name the last counts.</summary>
    private static JsonNode? Copy(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var copy = new JsonObject();
                foreach (var property in element.EnumerateObject())
                {
                    copy[property.Name] = Copy(property.Value);
                }

                return copy;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Copy)]);
            case JsonValueKind.String:
                return JsonValue.Create(element.GetString());
            default:
                return JsonNode.Parse(element.GetRawText());
        }
    }

    private void Take(JsonNode? value)
    {
        _isFound = true;
        if (value is JsonObject { Count: 1 } single && single.First() is { Value: JsonArray list } only
            && (only.Key == Property || !_isOwnProperty(only.Key)))
        {
            TakeAll(list);
        }
        else if (value is JsonArray array)
        {
            TakeAll(array);
        }
        else
        {
            TakeOne(value);
        }
    }

    private void TakeAll(JsonArray list)
    {
        foreach (var item in list)
        {
            TakeOne(item?.DeepClone());
        }
    }

    private void TakeOne(JsonNode? item)
    {
        if (item is JsonObject { Count: > 0 } found)
        {
            _items.Add(found);
        }
        else if (item is not JsonObject)
        {
            _unread.Add(item?.ToJsonString() ?? "null");
        }
    }

    /// <summary>Where the elements of a list begin that cannot be read as a whole: the list itself, or the only
    /// property of an object. Negative where there is none.</summary>
    private int ListStart()
    {
        if (_json[_at] == '[')
        {
            return _at + 1;
        }

        var name = SkipSpace(_at + 1);
        if (name == _json.Length || _json[name] != '"')
        {
            return -1;
        }

        var end = _json.AsSpan(name + 1).IndexOf((byte)'"');
        var colon = end < 0 ? _json.Length : SkipSpace(name + end + 2);
        var open = colon < _json.Length && _json[colon] == ':' ? SkipSpace(colon + 1) : _json.Length;
        var isList = open < _json.Length && _json[open] == '[';
        return isList && !_isOwnProperty(Encoding.UTF8.GetString(_json, name + 1, end)) ? open + 1 : -1;
    }

    /// <summary>Reads the elements of a list one by one, as far as it goes.</summary>
    private void Salvage()
    {
        while (true)
        {
            _at = SkipSpace(_at);
            if (_at == _json.Length)
            {
                _unread.Add("The list is cut off.");
                return;
            }

            if (_json[_at] == ',')
            {
                _at++;
            }
            else if (_json[_at] == ']')
            {
                _at++;
                return;
            }
            else if (TryValue(out var value))
            {
                TakeOne(value);
            }
            else
            {
                SkipBroken();
            }
        }
    }

    private void SkipBroken()
    {
        var start = _at;
        _at = EndOfBroken(start);
        _unread.Add(Encoding.UTF8.GetString(_json, start, _at - start));
    }

    /// <summary>Behind the bracket that closes the one here, or where the next element of the list begins.</summary>
    private int EndOfBroken(int start)
    {
        var depth = 0;
        var isText = false;
        for (var at = start; at < _json.Length; at++)
        {
            switch (_json[at])
            {
                case (byte)'\\' when isText:
                    at++;
                    break;
                case (byte)'"':
                    isText = !isText;
                    break;
                case (byte)'{' or (byte)'[' when !isText:
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when !isText && --depth <= 0:
                    return depth < 0 && at > start ? at : at + 1;
                case (byte)',' when !isText && depth == 0:
                    return at;
            }
        }

        return _json.Length;
    }

    private int SkipSpace(int at)
    {
        while (at < _json.Length && _json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }
}
