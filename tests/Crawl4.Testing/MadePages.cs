using System.Text;

namespace Crawl4.Testing;

/// <summary>A kind of page that can be made in any size.</summary>
/// <param name="Name">What it is made of.</param>
/// <param name="Make">Makes one of about so many characters.</param>
public sealed record MadePage(string Name, Func<int, string> Make);

/// <summary>Pages of every size, honest and hostile. The hostile ones are built so that a reader whose work
/// for one part grows with the rest of the page takes minutes for them.</summary>
public static class MadePages
{
    private const string Words = "The quick brown fox jumps over the lazy dog near the riverbank. ";

    /// <summary>What pages are made of, taken to extremes.</summary>
    public static IReadOnlyList<MadePage> Honest { get; } =
    [
        Repeated("nested", "<div><p>Some words here<span>and <b>there</b></span>"),
        Repeated("wide", $"<p>{Words}</p>"),
        Repeated("tables", "<tr><td>one</td><td>two words</td><td>3</td></tr>", "<table><thead><tr><th>a<th>b<th>c</thead>"),
        Repeated("many tables", "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"),
        Repeated("attributes", "<p class='one two three' id=x data-a=1 data-b='two words' style='color: red' title=t>x</p>"),
        Repeated("long text", Words, "<p>"),
        Numbered("links", n => $"<a href='/page/{n}?q=1' title='Page {n}'>page {n}</a> "),
        Numbered("images", n => $"<img src='/i/{n}.jpg' alt='image {n}' width=300 height=200> "),
        Repeated("lists", "<ul><li>one<li>two<ol><li>three<li>four</ol></ul>"),
        Repeated("inline", "<b>bold</b> <i>italics</i> <code>code</code> <em>more<strong>and</strong></em> "),
        Repeated("scripts", "<script>var a = '<p>';</script><style>p { color: red }</style><!-- note -->"),
    ];

    /// <summary>Pages that somebody made to stop a reader.</summary>
    public static IReadOnlyList<MadePage> Hostile { get; } =
    [
        Repeated("nested divs", "<div>x"),
        Repeated("nested tables", "<table><tr><td>x"),
        Repeated("nested lists", "<ul><li>x"),
        Repeated("nested numbers", "<ol start=999999999><li>x<br>"),
        Repeated("nested spans", "<span>x"),
        Repeated("nested quotes", "<blockquote>x"),
        Repeated("nested bold", "<b>x"),
        Repeated("nested fonts", "<font color=red>x"),
        Repeated("nested links", "<a href=x>x"),
        Repeated("nested links in blocks", "<div><a href=x>x"),
        Repeated("nested forms", "<form><div>x"),
        Repeated("nested buttons", "<button>x"),
        Repeated("nested selects", "<select><option>x"),
        Repeated("nested templates", "<template>x"),
        Repeated("nested drawings", "<svg><g><title>x"),
        Repeated("nested formulas", "<math><mi>x<annotation-xml encoding='text/html'>"),
        Repeated("nested headings", "<h1><div>x"),
        Repeated("nested code", "<pre><code>x"),
        Repeated("unknown tags", "<x-y>x"),
        Repeated("unknown tags that close themselves", "<x-y/><p>x"),
        Repeated("void elements in a drawing", "<link></y>", "<svg>"),
        Repeated("titles in drawings", "<p><svg><title>x"),
        Repeated("HTML in drawings", "<svg><foreignObject><x/><p>x"),
        Repeated("styles in drawings", "<svg><foreignObject><style></div></p></style><div><p>x", "<svg><title>"),
        Repeated("paragraphs in templates", "<p><template>x"),
        Repeated("paragraphs in buttons", "<p><button><div>x"),
        Repeated("annotations of nothing", "<rt>x"),
        Repeated("cells outside of tables", "<ol><td><main>x"),
        Repeated("noscripts", "<noscript><p>x"),
        Repeated("choices and blocks", "<option><div>x"),
        Repeated("items in sections", "<li><section>x"),
        Repeated("items in spans", "<li><span>x"),
        Repeated("headings in spans", "<h1><span>x"),
        Repeated("terms in formatting", "<dt><b><dd><i>x"),
        Repeated("cells and tables", "<td><table></td>x", "<table>"),
        Repeated("spans around blocks", "<span><div></span>x"),
        Repeated("formatting around blocks", "<b><div></b>x"),
        Repeated("formatting around many blocks", "<b><div><p><div><p><div><p><div><p><div>x</b>"),
        Numbered("tags of many names", n => $"<n{n}>x"),
        Repeated("crossed formatting", "<b><i><u>x</b></i><p>"),
        Repeated("crossed links", "<a href=x><b><div>x</a>"),
        Repeated("unclosed formatting", "<p>x", string.Concat(Enumerable.Range(0, 30).Select(n => $"<b id={n}>"))),
        Repeated("unclosed links", "<p>x", "<a href=x>"),
        Repeated("end tags", "x</b>"),
        Repeated("end tags of blocks", "x</div>"),
        Repeated("end tags of cells", "x</td>"),
        Repeated("end tags of paragraphs", "x</p>"),
        Repeated("comments", "x<!---->"),
        Repeated("open comments", "x<!--"),
        Repeated("declarations", "x<!x>"),
        Repeated("instructions", "x<?x>"),
        Repeated("text in a table", "x<tr>", "<p>a</p><table>"),
        Repeated("space and text in a table", " x <tr>", "<table>"),
        Repeated("elements in a table", "<b>x</b><tr>", "<table>"),
        Repeated("elements and text in a table", "x<b>y</b><tr>", "<table>"),
        Repeated("breaks and text in a table", "x<br>", "<table>"),
        Repeated("text in a head", "x<title>y</title>", "<head>"),
        Repeated("texts behind the body", "</body>x", "<body>"),
        Repeated("bodies", "<body class=a>x<html lang=b>"),
        Repeated("text in a frameset", "x<frame>", "<frameset>"),
        Repeated("selected text", "x<b>", "<select>"),
        Repeated("NULs", "\0x"),
        Repeated("references", "&#38;&amp;&notit;&ngE;"),
        Repeated("huge references", "&#99999999999999999999999999;"),
        Repeated("bare ampersands", "&"),
        Repeated("angle brackets", "<"),
        Repeated("open tags", "<a "),
        Repeated("open quotes", "<a b='"),
        Repeated("equals signs", "<a ===="),
        Repeated("white space", " \n\t"),
        Repeated("characters of Markdown", "*_[`<&~!|\\"),
        Repeated("backticks in code", "`", "<code>"),
        Repeated("rule characters", "-", "<p>"),
        Repeated("breaks", "x<br>"),
        Repeated("breaks alone", "<br>"),
        Repeated("rules", "<hr>"),
        Repeated("empty elements", "<p></p><span></span>"),
        Repeated("siblings", "<i>x</i>"),
        Repeated("metas", "<meta name=og:a property='og:b' content=c>"),
        Numbered("metas of many names", n => $"<meta property='og:{n}' content=c>"),
        Repeated("open metas", "<meta "),
        Around("a long directive", "<meta http-equiv=Content-Type content=\"text/html ", "x<' ", "\">x"),
        Repeated("bases", "<base href=/x/>"),
        Repeated("structured data", "<script type=application/ld+json>{\"a\":1}</script>"),
        Around("structured data, nested", "<script type=application/ld+json>", "[", "</script>"),
        Numbered("attributes of one element", n => $" a{n}=1", "<p", ">x"),
        Repeated("attributes of one name", " a=1", "<p"),
        Numbered("classes of one element", n => $"c{n} ", "<p class='", "'>x"),
        Around("a long link", "<a href='", "x", "'>x</a>"),
        Around("a long title", "<a href=x title='", "x ", "'>x</a>"),
        Around("a long reference", "<p>&", "x", ";"),
        Around("a long tag", "<", "x", ">x"),
        Around("a long attribute", "<p ", "x", "=1>x"),
        Around("dots in a link", "<a href='/", "../a/", "'>x</a>"),
        Around("parentheses in a link", "<a href='/", "(", "'>x</a>"),
        Around("slashes in a link", "<a href='/", "//", "'>x</a>"),
        Around("a long query", "<a href='/?", "a=1&", "'>x</a>"),
        Around("a long host", "<a href='http://", "a.", "/'>x</a>"),
        Around("candidates of an image", "<img width=300 height=300 alt=a srcset='", "/a.jpg 1w, ", "'>"),
        Repeated("sources of an image", "<source srcset='/a.jpg 1w'><img src=/a.jpg width=300 height=300 alt=a>", "<picture>"),
        Around("a cell that spans", "<table><tr><td colspan=1000 rowspan=65534>wide", "<tr><td>x", ""),
        Repeated("cells that span", "<tr><td rowspan=65534 colspan=9>x<td rowspan=65534>y", "<table>"),
        Repeated("tables that span", "<table><tr><td colspan=1000 rowspan=99>x" + "<tr><td>y".PadRight(60) + "</table>"),
        Halves("a wide row over many", "<table><tr>", "<th>x", "", "<tr><th>y"),
        Halves("a link around blocks", "<a href='/", "x", "'>", "<p>x</p>"),
        Halves("a title around blocks", "<a href=/ title='", "x", "'>", "<p>x</p>"),
        Halves("a base and links", "<base href='/", "x", "/'>", "<a href=x>x</a>"),
        Halves("a class around code", "<div class='", "x ", "'>", "<pre>x</pre>"),
        Halves("a class around images", "<div class='", "x ", "'>", "<img src=a.jpg alt=b width=200 height=200>"),
        Halves("a class of formatting", "<p><b class='", "x ", "'>", "<p>x"),
        Halves("attributes of formatting", "<p><b ", "a ", ">", "<p>x"),
        Halves("a class of links", "<p><a href=x class='", "x ", "'>", "<p>x"),
        Numbered("attributes of formatting, many", n => n < 2_000 ? $" a{n}=1" : n == 2_000 ? ">" : "<p>x", "<p><b"),
        Numbered("attributes around images", n => n < 2_000 ? $" a{n}=1" : n == 2_000 ? ">" : "<img src=a.jpg alt=b>", "<div"),
        Halves("attributes of one name around images", "<div", " a=1", ">", "<img src=a.jpg alt=b width=200 height=200>"),
        Halves("text around images", "<div>", "x", "", "<i><img src=a.jpg alt=b width=200 height=200></i>"),
        Halves("siblings and text in a table", "", "<p>x</p>", "<table>", "x<tr>"),
        Halves("siblings and elements in a table", "", "<p>x</p>", "<table>", "<b>x</b><tr>"),
        Halves("siblings and crossed formatting", "", "<p>x</p>", "", "<b><p>x</b></p>"),
        Halves("items and paragraphs", "<ul>", "<li>", "", "<p>x"),
        Halves("open elements and end tags", "", "<div>", "<p>", "</b></p>"),
        Halves("words and words", "<p>", "x ", "<p>", "y "),
    ];

    private static MadePage Repeated(string name, string piece, string before = "") => Around(name, before, piece, "");

    private static MadePage Around(string name, string before, string piece, string after) => new(name,
        length => new StringBuilder(before).Insert(before.Length, piece, Times(length, piece)).Append(after).ToString());

    private static MadePage Numbered(string name, Func<int, string> piece, string before = "", string after = "") =>
        new(name, length =>
        {
            var page = new StringBuilder(before);
            for (var number = 0; page.Length < length; number++)
            {
                page.Append(piece(number));
            }

            return page.Append(after).ToString();
        });

    /// <summary>Half of the page is one thing, which each part of the other half meets.</summary>
    private static MadePage Halves(string name, string before, string first, string between, string second) => new(name,
        length => new StringBuilder(before)
            .Insert(before.Length, first, Times(length / 2, first))
            .Append(between)
            .Append(new StringBuilder().Insert(0, second, Times(length / 2, second)))
            .ToString());

    private static int Times(int length, string piece) => Math.Max(1, length / piece.Length);
}
