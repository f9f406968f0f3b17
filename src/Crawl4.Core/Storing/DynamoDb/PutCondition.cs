using Amazon.DynamoDBv2.Model;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>When a put may replace what is there.</summary>
internal sealed record PutCondition(
    string Expression, Dictionary<string, string> Names, Dictionary<string, AttributeValue>? Values)
{
    /// <summary>Nothing is there, or an older version. An item that another program wrote has no version and is not
    /// replaced: whether it is older must be looked at first.</summary>
    public static PutCondition OlderThan(long version) => new(
        "attribute_not_exists(#key) OR #version < :version",
        new() { ["#key"] = ItemNames.Url, ["#version"] = ItemNames.Version },
        new() { [":version"] = ItemValue.Number(version) });

    /// <summary>What is there is still what was seen.</summary>
    public static PutCondition StillAs(EntryHead seen)
    {
        if (seen.StoredVersion is { } version)
        {
            return new("#version = :version", new() { ["#version"] = ItemNames.Version },
                new() { [":version"] = ItemValue.Number(version) });
        }

        var names = new Dictionary<string, string>
        {
            ["#key"] = ItemNames.Url, ["#version"] = ItemNames.Version, ["#time"] = ItemNames.CachedAt,
        };
        return seen.Item.TryGetValue(ItemNames.CachedAt, out var time)
            ? new("attribute_not_exists(#version) AND #time = :time", Without(names, "#key"), new() { [":time"] = time })
            : new("attribute_exists(#key) AND attribute_not_exists(#version) AND attribute_not_exists(#time)", names, null);
    }

    /// <summary>The same, and with the same content: another version of the truth may have the same number.</summary>
    public static PutCondition ExactlyAs(EntryHead seen)
    {
        var condition = StillAs(seen);
        if (seen.StoredVersion is null || seen.Digest.IsEmpty)
        {
            return condition;
        }

        condition.Names.Add("#digest", ItemNames.Digest);
        condition.Values!.Add(":digest", ItemValue.Bytes(seen.Digest));
        return condition with { Expression = condition.Expression + " AND #digest = :digest" };
    }

    /// <summary>A chunk that nobody has written again.</summary>
    public static PutCondition WrittenAt(long seconds) => new(
        "#written = :written", new() { ["#written"] = ItemNames.WrittenAt },
        new() { [":written"] = ItemValue.Number(seconds) });

    /// <summary>DynamoDB refuses a name that the expression does not use.</summary>
    private static Dictionary<string, string> Without(Dictionary<string, string> names, string name)
    {
        names.Remove(name);
        return names;
    }
}
