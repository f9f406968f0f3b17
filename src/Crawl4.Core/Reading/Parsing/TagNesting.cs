using System.Collections.Frozen;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>How a tag nests.</summary>
internal enum NestingKind
{
    /// <summary>An element that HTML knows nothing special of.</summary>
    Plain,

    /// <summary>What HTML calls special: an unknown end tag does not reach beyond it.</summary>
    Special,

    /// <summary>Void elements, raw text and the document's own parts: in HTML these never nest.</summary>
    Flat,

    /// <summary>Formatting, which the parser repeats where it was not closed.</summary>
    Formatting,

    /// <summary>What no end tag from within reaches beyond, such as a table's cell.</summary>
    Boundary,
}

/// <summary>What a start tag ends before it opens.</summary>
internal enum ImpliedEnd
{
    Nothing,

    /// <summary>A paragraph.</summary>
    Paragraph,

    /// <summary>A paragraph, and a heading right around it.</summary>
    Heading,

    /// <summary>An item of the same list, and a paragraph.</summary>
    Item,

    /// <summary>Parts of the same table.</summary>
    TablePart,

    /// <summary>The same element and all in it.</summary>
    Same,

    /// <summary>A link, as its end tag would.</summary>
    Link,

    /// <summary>A choice right around it; within a select, any choice.</summary>
    Choice,

    /// <summary>An annotation right around it, within what is annotated.</summary>
    Annotation,
}

/// <summary>What <see cref="NestingGuard"/> knows of a tag.</summary>
/// <param name="Id">A small number, or -1 for a tag that is not known. Headings share one.</param>
/// <param name="Kind">How it nests.</param>
/// <param name="Ends">What its start tag ends.</param>
/// <param name="Closes">The elements that it ends.</param>
internal sealed record TagNesting(int Id, NestingKind Kind, ImpliedEnd Ends, int[] Closes)
{
    private const string Wrappers =
        "div section article header footer nav aside main center details dialog fieldset figure form hgroup search";

    private const string Flat = "area base br col embed hr img input link meta param source track wbr html "
        + "head body script style title textarea iframe noembed noframes xmp plaintext image "
        + "basefont bgsound command frame frameset keygen";

    private const string Formatting = "a b big code em font i nobr s small strike strong tt u";

    private const string TableParts = "caption td th tr thead tbody tfoot colgroup";

    /// <summary>What keeps the formatting within it to itself.</summary>
    private const string Markers = "caption td th object applet marquee template";

    private const string ForeignHolders = "foreignobject desc mi mo mn ms mtext annotation-xml";

    private const string Boundary = TableParts + " table object applet marquee template " + ForeignHolders;

    private const string ClosesParagraph = "div ul ol dl section article header footer nav aside main "
        + "blockquote center details dialog dir fieldset figcaption figure form hgroup menu pre address search "
        + "summary listing p";

    private const string OtherSpecial = "button select noscript li dt dd h1 h2 h3 h4 h5 h6";

    private const string OtherPlain = "svg math option optgroup ruby rt rp span";

    private static readonly Dictionary<string, string> AlsoCloses = new(StringComparer.Ordinal)
    {
        ["li"] = "li", ["dt"] = "dt dd", ["dd"] = "dt dd", ["a"] = "a", ["button"] = "button",
        ["select"] = "select", ["option"] = "option", ["optgroup"] = "option optgroup",
        ["rt"] = "rt rp", ["rp"] = "rt rp", ["td"] = "td th", ["th"] = "td th", ["tr"] = "td th tr",
        ["thead"] = TableParts, ["tbody"] = TableParts, ["tfoot"] = TableParts,
    };

    private static readonly string[] Names = Words(string.Join(
        ' ', Flat, Formatting, Boundary, ClosesParagraph, OtherSpecial, OtherPlain));

    private static readonly FrozenDictionary<string, TagNesting>.AlternateLookup<ReadOnlySpan<char>> Known =
        Names.ToFrozenDictionary(name => name, Make, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly TagNesting Unknown = new(-1, NestingKind.Plain, ImpliedEnd.Nothing, []);

    /// <summary>How many tags are known; ids are below it.</summary>
    public static int Count { get; } = Names.Length;

    public static int Table { get; } = IdOf("table");

    public static int Template { get; } = IdOf("template");

    public static int Paragraph { get; } = IdOf("p");

    public static int Heading { get; } = IdOf("h1");

    public static int Button { get; } = IdOf("button");

    public static int Select { get; } = IdOf("select");

    public static int Link { get; } = IdOf("a");

    public static int Ruby { get; } = IdOf("ruby");

    public static int Drawing { get; } = IdOf("svg");

    public static int Formula { get; } = IdOf("math");

    /// <summary>True for what only holds other elements, and for tags that are not known.</summary>
    public bool IsWrapper { get; } = Id < 0 || Array.Exists(Words(Wrappers), name => IdOf(name) == Id);

    /// <summary>True where what stands before the tag and what follows it are different blocks.</summary>
    public bool PartsText => Kind == NestingKind.Boundary
        || Ends is ImpliedEnd.Paragraph or ImpliedEnd.Heading or ImpliedEnd.Item;

    /// <summary>True where an item's start tag looks on for an item beyond this one.</summary>
    public bool IsThin { get; } = Id >= 0 && (Id == IdOf("p") || Id == IdOf("div") || Id == IdOf("address"));

    public bool IsList { get; } = Id >= 0 && (Id == IdOf("ul") || Id == IdOf("ol"));

    public bool IsItem { get; } = Id >= 0 && Id == IdOf("li");

    /// <summary>True for what is written within a table only, whose end tags see no other boundary.</summary>
    public bool IsOfTable { get; } = Id >= 0 && Array.Exists(Words(TableParts + " table"), name => IdOf(name) == Id);

    public bool IsCell { get; } = Id >= 0 && (Id == IdOf("td") || Id == IdOf("th") || Id == IdOf("caption"));

    /// <summary>True where formatting that was not closed ends with the element. From all others it goes on.</summary>
    public bool IsMarker { get; } = Id >= 0 && Array.Exists(Words(Markers), name => IdOf(name) == Id);

    /// <summary>True for a drawing or formula, within which HTML's void elements and raw text nest.</summary>
    public bool IsForeignRoot => Id >= 0 && (Id == Drawing || Id == Formula);

    /// <summary>True for what holds HTML within a drawing or formula.</summary>
    public bool IsForeignHolder { get; } = Id >= 0 && Array.Exists(Words(ForeignHolders), name => IdOf(name) == Id);

    public static TagNesting Of(ReadOnlySpan<char> name) => Known.TryGetValue(name, out var tag) ? tag : Unknown;

    public static string NameOf(int id) => Names[id];

    private static TagNesting Make(string name)
    {
        var kind = Words(Flat).Contains(name) ? NestingKind.Flat
            : Words(Formatting).Contains(name) ? NestingKind.Formatting
            : Words(Boundary).Contains(name) ? NestingKind.Boundary
            : Words(OtherPlain).Contains(name) ? NestingKind.Plain
            : NestingKind.Special;
        var ends = name switch
        {
            "li" or "dt" or "dd" => ImpliedEnd.Item,
            "a" => ImpliedEnd.Link,
            "button" or "select" => ImpliedEnd.Same,
            "option" or "optgroup" => ImpliedEnd.Choice,
            "rt" or "rp" => ImpliedEnd.Annotation,
            "h1" or "h2" or "h3" or "h4" or "h5" or "h6" => ImpliedEnd.Heading,
            _ when Words(ClosesParagraph).Contains(name) => ImpliedEnd.Paragraph,
            _ => AlsoCloses.ContainsKey(name) ? ImpliedEnd.TablePart : ImpliedEnd.Nothing,
        };
        var closes = AlsoCloses.GetValueOrDefault(name, "");
        return new TagNesting(
            IdOf(name), kind, ends, closes.Length == 0 ? [] : [.. Words(closes).Select(IdOf)]);
    }

    private static int IdOf(string name) =>
        Array.IndexOf(Names, name is "h2" or "h3" or "h4" or "h5" or "h6" ? "h1" : name);

    private static string[] Words(string list) => list.Split(' ');
}
