using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading.Parsing;

/// <summary>The guard must never take the parser's stack for smaller than it is, and must leave honest pages alone.
/// </summary>
public class NestingGuardTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("<div><a href=x>w")]
    [InlineData("<h1><div>w")]
    [InlineData("<li><section>w")]
    [InlineData("<p><template>w")]
    [InlineData("<div><x-y/>w")]
    [InlineData("<option><div>w")]
    [InlineData("<span><div></span>w")]
    [InlineData("<b><div></b>w")]
    [InlineData("<svg><foreignObject><p>w")]
    [InlineData("<noscript><div>w")]
    [InlineData("<table><td><table></td>w")]
    [InlineData("<rt>w")]
    [InlineData("<ol><td><main>w")]
    public void Limit_NestingWithoutEnd_LosesTagsButNoText(string piece)
    {
        var html = string.Concat(Enumerable.Repeat(piece, 3_000));
        var kept = NestingGuard.Limit(html);
        Assert.InRange(kept.Length, 3_000, html.Length - 10_000);
        Assert.Equal(3_000, kept.Count(c => c == 'w'));
    }

    [Theory]
    [InlineData("<p>a<p>b")]
    [InlineData("<ul><li>a<li>b</ul>")]
    [InlineData("<dl><dt>a<dd>b<dt>c</dl>")]
    [InlineData("<h1>a</h1><h2>b</h2>")]
    [InlineData("<table><tr><td>a<td>b<tr><th>c</table>")]
    [InlineData("<p><b>a</p><p>b</b></p>")]
    [InlineData("<a href=x>a<a href=y>b</a>")]
    [InlineData("<select><option>a<option>b</select>")]
    [InlineData("<svg><title>a</title><path/><image></svg>")]
    [InlineData("<svg><use></use></svg><br><img><input>")]
    [InlineData("<ruby>a<rt>b<rp>c</ruby>")]
    [InlineData("<b><p>a</b>b</p>")]
    [InlineData("<div><span>a</span><i>b</i></div>")]
    [InlineData("<template><p>a</template>")]
    [InlineData("<table><tr><td><table><tr><td>a</table></table>")]
    public void Limit_FlatPages_ArePassedWhole(string piece)
    {
        var html = string.Concat(Enumerable.Repeat(piece, 3_000));
        Assert.Same(html, NestingGuard.Limit(html));
    }

    [Fact]
    public void Parse_MutatedPages_StaysWithinTheDepth()
    {
        const int Seed = 77;
        output.WriteLine($"seed {Seed}");
        var mutation = new PageMutation(Seed, [.. MadePages.Hostile.Select(page => page.Make(3_000))]);
        for (var input = 0; input < 300; input++)
        {
            // The document and a text come on top of the elements.
            Assert.InRange(Depth(PageParser.Parse(mutation.Next())), 0, PageParser.MaxDepth + 2);
        }
    }

    [Fact]
    public void Limit_TextOutsideOfCells_EndsTablesAndKeepsTheText()
    {
        var html = "<table>" + string.Concat(Enumerable.Repeat("w<b>y</b><tr>", 40_000));
        var kept = NestingGuard.Limit(html);
        Assert.Contains("</table>", kept, StringComparison.Ordinal);
        Assert.Equal(40_000, kept.Count(c => c == 'w'));
    }

    [Fact]
    public void Limit_LongDirective_IsLeftOutAndOtherMetasStay()
    {
        var text = new string('x', 100_000);
        var honest = $"<meta name=description content='{text}'><meta http-equiv=refresh content=5>";
        Assert.Same(honest, NestingGuard.Limit(honest));
        Assert.Equal("w", NestingGuard.Limit($"<meta HTTP-EQUIV=Content-Type content='{text}'>w"));
    }

    [Fact]
    public void Limit_ManyBases_KeepsTheFirst()
    {
        var kept = NestingGuard.Limit("<base href=/a/>" + string.Concat(Enumerable.Repeat("<base href=/b/>", 1_000)));
        Assert.StartsWith("<base href=/a/>", kept, StringComparison.Ordinal);
        Assert.InRange(kept.Length, 1, 2_000);
    }

    private static int Depth(INode node) =>
        1 + (node.ChildNodes.Length == 0 ? 0 : node.ChildNodes.Max(Depth));
}
