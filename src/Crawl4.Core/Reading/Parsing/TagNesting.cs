using System.Collections.Frozen;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>How a tag nests.</summary>
internal enum NestingKind
{
    /// <summary>An element that opens a level and is closed by its end tag.</summary>
    Ordinary,

    /// <summary>Void elements, raw text and the document's own parts: these never nest.</summary>
    Flat,

    /// <summary>Formatting, which the parser repeats where it was not closed.</summary>
    Formatting,

    /// <summary>What no end tag from within reaches beyond, such as a table's cell.</summary>
    Boundary,
}

/// <summary>What <see cref="NestingGuard"/> knows of a tag.</summary>
/// <param name="Id">A small number, or -1 for a tag that is not known.</param>
/// <param name="Kind">How it nests.</param>
/// <param name="Closes">Which open elements its start tag ends.</param>
/// <param name="IsListScope">True for what holds list items.</param>
/// <param name="StopsAtLists">True where the start tag ends nothing beyond the list it is in.</param>
/// <param name="IsWrapper">True for what only holds other elements, and for tags that are not known.</param>
/// <param name="PartsText">True where what stands before the tag and what follows it are different blocks.</param>
internal readonly record struct TagNesting(
    int Id, NestingKind Kind, int[] Closes, bool IsListScope, bool StopsAtLists, bool IsWrapper, bool PartsText)
{
    private const string Wrappers =
        "div section article header footer nav aside main center details dialog fieldset figure form hgroup search";

    private const string Flat = "area base br col embed hr img input link meta param source track wbr html "
        + "head body"
        + " script style title textarea noscript iframe noembed noframes xmp plaintext template image "
        + "basefont"
        + " bgsound command frame frameset keygen";

    private const string Formatting = "b big code em font i nobr s small strike strong tt u";

    private const string Boundary = "table caption object applet marquee td th tr thead tbody tfoot colgroup";

    private const string ClosesParagraph = "div ul ol dl section article header footer nav aside main "
        + "blockquote"
        + " center details dialog dir fieldset figcaption figure form hgroup menu pre address search "
        + "summary table";

    private static readonly Dictionary<string, string> AlsoCloses = new(StringComparer.Ordinal)
    {
        ["p"] = "p",
        ["h1"] = "p h1 h2 h3 h4 h5 h6", ["h2"] = "p h1 h2 h3 h4 h5 h6", ["h3"] = "p h1 h2 h3 h4 h5 h6",
        ["h4"] = "p h1 h2 h3 h4 h5 h6", ["h5"] = "p h1 h2 h3 h4 h5 h6", ["h6"] = "p h1 h2 h3 h4 h5 h6",
        ["li"] = "p li", ["dt"] = "p dt dd", ["dd"] = "p dt dd", ["a"] = "a", ["button"] = "button",
        ["select"] = "select option optgroup", ["option"] = "option", ["optgroup"] = "option optgroup",
        ["rt"] = "rt rp", ["rp"] = "rt rp", ["td"] = "td th", ["th"] = "td th", ["tr"] = "td th tr",
        ["thead"] = "td th tr thead tbody tfoot caption colgroup",
        ["tbody"] = "td th tr thead tbody tfoot caption colgroup",
        ["tfoot"] = "td th tr thead tbody tfoot caption colgroup",
    };

    private static readonly string[] Names = Words(
        string.Join(' ', [Flat, Formatting, Boundary, ClosesParagraph,
            .. AlsoCloses.Keys])).Distinct().ToArray();

    private static readonly FrozenDictionary<string, TagNesting>.AlternateLookup<ReadOnlySpan<char>> Known =
        Names.ToFrozenDictionary(name => name, Make, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many tags are known; ids are below it.</summary>
    public static int Count { get; } = Names.Length;

    public static int Table { get; } = Array.IndexOf(Names, "table");

    public static TagNesting Of(ReadOnlySpan<char> name) =>
        Known.TryGetValue(name, out var tag) ? tag : new TagNesting(-1, NestingKind.Ordinary, [], false,
            false, IsWrapper: true, PartsText: false);

    private static TagNesting Make(string name)
    {
        var kind = Words(Flat).Contains(name) ? NestingKind.Flat
            : Words(Formatting).Contains(name) ? NestingKind.Formatting
            : Words(Boundary).Contains(name) ? NestingKind.Boundary
            : NestingKind.Ordinary;
        var closes = AlsoCloses.GetValueOrDefault(name, Words(ClosesParagraph).Contains(name) ? "p" : "");
        return new TagNesting(
            Array.IndexOf(Names, name),
            kind,
            closes.Length == 0 ? [] : [.. Words(closes).Select(closed => Array.IndexOf(Names, closed))],
            name is "ul" or "ol" or "dl" or "menu" or "dir",
            name is "li" or "dt" or "dd",
            Words(Wrappers).Contains(name),
            kind == NestingKind.Boundary || closes.StartsWith('p'));
    }

    private static string[] Words(string list) => list.Split(' ');
}
