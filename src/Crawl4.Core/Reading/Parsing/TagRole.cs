using System.Collections.Frozen;
using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>What an element means to a reader.</summary>
internal enum TagRole
{
    /// <summary>Runs within a line.</summary>
    Inline,

    /// <summary>Stands on lines of its own.</summary>
    Block,

    /// <summary>Nothing a reader sees.</summary>
    Hidden,
    Heading,
    Paragraph,
    Break,
    Rule,
    Preformatted,
    UnorderedList,
    OrderedList,
    Item,
    Term,
    Definition,
    Quote,
    Table,
    Strong,
    Emphasis,
    Deleted,
    Code,
    Quoted,
    Link,
    Image,

    /// <summary>A choice in a list of choices: words apart from its neighbours.</summary>
    Choice,
}

/// <summary>The role of each HTML element.</summary>
internal static class TagRoles
{
    private static readonly FrozenDictionary<string, TagRole> Roles = Build().ToFrozenDictionary(
        pair => pair.Name, pair => pair.Role, StringComparer.Ordinal);

    public static TagRole Of(IElement element)
    {
        var role = Roles.GetValueOrDefault(element.LocalName, TagRole.Inline);

        // The title of a drawing is what a reader is told of it, often a link's only text.
        return role == TagRole.Hidden && element.LocalName == "title"
            && element.Flags.HasFlag(NodeFlags.SvgMember)
            ? TagRole.Inline : role;
    }

    /// <summary>True for what stands on lines of its own.</summary>
    public static bool IsBlock(TagRole role) => role is not (TagRole.Inline or TagRole.Strong
        or TagRole.Emphasis or TagRole.Deleted or TagRole.Code or TagRole.Quoted or TagRole.Link
        or TagRole.Image or TagRole.Break or TagRole.Choice or TagRole.Hidden);

    private static IEnumerable<(string Name, TagRole Role)> Build() =>
    [
        .. All(TagRole.Hidden,
        "script style link meta noscript template head title base iframe object embed param"
            + " source track area noframes noembed frame frameset colgroup col datalist"),
        .. All(TagRole.Block, "html body div section article header footer nav aside main hgroup address "
        + "center"
            + " details summary dialog fieldset legend figure figcaption form dl tbody thead tfoot tr td th "
            + "caption"
            + " search optgroup select textarea plaintext video audio canvas map"),
        .. All(TagRole.Heading, "h1 h2 h3 h4 h5 h6"),
        .. All(TagRole.Paragraph, "p"),
        .. All(TagRole.Break, "br"),
        .. All(TagRole.Rule, "hr"),
        .. All(TagRole.Preformatted, "pre xmp listing"),
        .. All(TagRole.UnorderedList, "ul menu dir"),
        .. All(TagRole.OrderedList, "ol"),
        .. All(TagRole.Item, "li"),
        .. All(TagRole.Term, "dt"),
        .. All(TagRole.Definition, "dd"),
        .. All(TagRole.Quote, "blockquote"),
        .. All(TagRole.Table, "table"),
        .. All(TagRole.Strong, "b strong"),
        .. All(TagRole.Emphasis, "i em"),
        .. All(TagRole.Deleted, "del s strike"),
        .. All(TagRole.Code, "code tt kbd samp"),
        .. All(TagRole.Quoted, "q"),
        .. All(TagRole.Link, "a"),
        .. All(TagRole.Image, "img"),
        .. All(TagRole.Choice, "option button"),
    ];

    private static IEnumerable<(string Name, TagRole Role)> All(TagRole role, string names) =>
        names.Split(' ').Select(name => (name, role));
}
