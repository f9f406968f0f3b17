using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Reading.Markdown;

public class MarkdownWriterTests
{
    [Theory]
    [InlineData("<p>a</p><p>b</p>", "a\n\nb\n")]
    [InlineData("<p>a<br>b<br><br>c</p>", "a  \nb\n\nc\n")]
    [InlineData("<h1>A</h1><h6>F</h6>", "# A\n\n###### F\n")]
    [InlineData("<h1>A<br>B</h1>", "# A B\n")]
    [InlineData("<h2>C #</h2>", "## C \\#\n")]
    [InlineData("a<hr>b", "a\n\n* * *\n\nb\n")]
    [InlineData("", "")]
    [InlineData("<p>&nbsp;</p>", "")]
    [InlineData("<script>x</script><style>y</style><p>z</p>", "z\n")]
    [InlineData("<p>a<!-- c -->b</p>", "ab\n")]
    [InlineData("<dl><dt>a</dt><dd>b</dd><dd>c</dd><dt>d</dt></dl>", "a\n:   b\n:   c\n\nd\n")]
    [InlineData("<dl><dt>a<dd><p>b</p><p>c</p><dd>d</dl>e", "a\n:   b\n\n:   c\n\n:   d\n\ne\n")]
    [InlineData("<dl><dt>a<dd><ul><li>b<li>c</ul>d</dl>", "a\n\n  * b\n  * c\n\n:   d\n")]
    [InlineData("<q>q</q>", "\"q\"\n")]
    [InlineData("<svg><title>S</title></svg>", "S\n")]
    [InlineData("<title>T</title><p>x</p><title>U</title>", "x\n")]
    public void Write_Block_Markdown(string html, string expected) => Assert.Equal(expected, Markdown(html));

    [Theory]
    [InlineData("<p>x<b>b</b>y</p>", "x**b**y\n")]
    [InlineData("<p>x <b> b </b> y</p>", "x **b** y\n")]
    [InlineData("<strong><em>x</em></strong>", "**_x_**\n")]
    [InlineData("<em></em><b> </b>z", "z\n")]
    [InlineData("<i>a</i><i>b</i>", "_ab_\n")]
    [InlineData("<p>un<i>frigging</i>believable</p>", "un*frigging*believable\n")]
    [InlineData("<p><b>Note:</b>text</p>", "**Note**:text\n")]
    [InlineData("<p>a<b>!</b>b</p>", "a!b\n")]
    [InlineData("<p>a <b>b</b>, <i>c</i>. (<b>d</b>)</p>", "a **b**, _c_. (**d**)\n")]
    [InlineData("<b>a<b>b</b></b>", "**ab**\n")]
    [InlineData("<b><p>x</p><p>y</p></b>", "**x**\n\n**y**\n")]
    [InlineData("<del>d</del> <s>s</s>", "~~d~~ ~~s~~\n")]
    [InlineData("<p>a <b>x</b> <i>y</i> z</p>", "a **x** _y_ z\n")]
    [InlineData("<a href=/x>a <b>c</b></a>", "[a **c**](http://b.example/x)\n")]
    public void Write_Emphasis_StandsWhereCommonMarkReadsIt(string html, string expected) =>
        Assert.Equal(expected, Markdown(html));

    [Theory]
    [InlineData("<ul><li>a<ul><li>b<ul><li>c</ul></ul><li>d</ul>", "  * a\n    * b\n      * c\n  * d\n")]
    [InlineData("<ol start=5><li>a<li>b</ol>", "  5. a\n  6. b\n")]
    [InlineData("<ol><li value=3>a<li>b</ol>", "  3. a\n  4. b\n")]
    [InlineData("<ol><li>a<li><li>b</ol>", "  1. a\n  2. b\n")]
    [InlineData("<ul><li><p>a</p><p>b</p></ul>", "  * a\n\n    b\n")]
    [InlineData("<ul><li>a<pre>x\n\ny</pre></ul>", "  * a\n\n    ```\n    x\n\n    y\n    ```\n")]
    [InlineData("<ul><li>a</ul><ul><li>b</ul>", "  * a\n\n  - b\n")]
    [InlineData("<ol><li>a</ol><ol><li>b</ol>", "  1. a\n\n  1) b\n")]
    [InlineData("<ul><li>a</ul><p>p", "  * a\n\np\n")]
    [InlineData("<ul><li><hr></ul>", "  * ___\n")]
    [InlineData("<ul><li>[x] a</ul>", "  * \\[x] a\n")]
    [InlineData("<ul><li>a<ol start=3><li>b</ol></ul>", "  * a\n\n    3. b\n")]
    [InlineData("<blockquote><p>a</p><p>b</p></blockquote>c", "> a\n>\n> b\n\nc\n")]
    [InlineData("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b\n")]
    [InlineData("<blockquote><ul><li>a</ul></blockquote>", ">   * a\n")]
    [InlineData("<ul><li> <li><div></div></ul>x", "x\n")]
    public void Write_Containers_NestAsCommonMarkReads(string html, string expected) =>
        Assert.Equal(expected, Markdown(html));

    [Theory]
    [InlineData("<code>a`b</code>", "``a`b``\n")]
    [InlineData("<code>`</code>", "`` ` ``\n")]
    [InlineData("<code>a</code> <code>b</code>", "`a` `b`\n")]
    [InlineData("<code>a</code><kbd>b</kbd>", "`ab`\n")]
    [InlineData("<code>a b\n c</code>", "`a b c`\n")]
    [InlineData("<code><a href=/x>f</a>()</code>", "[`f`](http://b.example/x)`()`\n")]
    [InlineData("<pre>a\n  b\n</pre>", "```\na\n  b\n```\n")]
    [InlineData("<pre>```\nf\n```</pre>", "````\n```\nf\n```\n````\n")]
    [InlineData("<pre><code class='language-js'>x</code></pre>", "```js\nx\n```\n")]
    [InlineData("<div class='highlight-source-rust'><pre>x</pre></div>", "```rust\nx\n```\n")]
    [InlineData("<pre data-language='C#'>x</pre>", "```C#\nx\n```\n")]
    [InlineData("<pre><code class='hljs python'>x</code></pre>", "```python\nx\n```\n")]
    [InlineData("<pre>a <b>b</b> <a href='/l'>l</a><br>c</pre>", "```\na b l\nc\n```\n")]
    public void Write_Code_StaysAsItIs(string html, string expected) =>
        Assert.Equal(expected, Markdown(html));

    [Theory]
    [InlineData("<a href='/x'>t</a>", "[t](http://b.example/x)\n")]
    [InlineData("<a href='/x' title='a \"q\" b'>t</a>", "[t](http://b.example/x \"a \\\"q\\\" b\")\n")]
    [InlineData("<a href='/x'> t </a>u", "[t](http://b.example/x) u\n")]
    [InlineData("<a href='/x'></a>", "[](http://b.example/x)\n")]
    [InlineData("y<a href=/x><div></div></a>", "y\n\n[](http://b.example/x)\n")]
    [InlineData("<a href='/a b(c'>t</a>", "[t](http://b.example/a%20b%28c)\n")]
    [InlineData("<a href='/x'>a[b]c</a>", "[a\\[b\\]c](http://b.example/x)\n")]
    [InlineData("<a href='http://e.x/'>http://e.x/</a>", "<http://e.x/>\n")]
    [InlineData("<a href='javascript:void(0)'>j</a>", "j\n")]
    [InlineData("<a href='/x'><h3>h</h3><p>p</p></a>",
        "### [h](http://b.example/x)\n\n[p](http://b.example/x)\n")]
    [InlineData("<a href='/x'><img src='i.png' alt='i'></a>",
        "[![i](http://b.example/dir/i.png)](http://b.example/x)\n")]
    [InlineData("<img src='i.png' alt='a]b' title='t'>", "![a\\]b](http://b.example/dir/i.png \"t\")\n")]
    [InlineData("<img src='data:image/png;base64,A' data-src=/r alt=d>", "![d](http://b.example/r)\n")]
    [InlineData("<img src='data:image/png;base64,AA' alt='d'>", "d\n")]
    public void Write_LinksAndImages_AreAbsolute(string html, string expected) =>
        Assert.Equal(expected, Markdown(html));

    [Theory]
    [InlineData("<p># x</p>", "\\# x\n")]
    [InlineData("<p>#x</p>", "#x\n")]
    [InlineData("<p>1. x</p>", "1\\. x\n")]
    [InlineData("<p>1986 was</p>", "1986 was\n")]
    [InlineData("<p>- x</p>", "\\- x\n")]
    [InlineData("<p>a<br>---</p>", "a  \n\\---\n")]
    [InlineData("<p>a<br>===</p>", "a  \n\\===\n")]
    [InlineData("<p>&gt; x</p>", "\\> x\n")]
    [InlineData("<p>snake_case 2 * 3 a|b $5 c:d</p>", "snake_case 2 * 3 a|b $5 c:d\n")]
    [InlineData("<p>*a* `b` &lt;i> &amp;amp; [t](u)</p>", "\\*a\\* \\`b\\` \\<i> \\&amp; [t\\](u)\n")]
    [InlineData("<p>a &lt; b &amp; c\\d</p>", "a < b & c\\d\n")]
    [InlineData("<p>!<a href=/x>t</a></p>", "\\![t](http://b.example/x)\n")]
    public void Write_Text_IsEscapedWhereMarkdownWouldMisread(string html, string expected) =>
        Assert.Equal(expected, Markdown(html));

    [Theory]
    [InlineData("<table><tr><th>A<th>B<tr><td>1<td>2</table>", "| A | B |\n| --- | --- |\n| 1 | 2 |\n")]
    [InlineData("<table><tr><td>a|b<td>c<br>d</table>", "| a\\|b | c d |\n| --- | --- |\n")]
    [InlineData("<table><tr><td><code>a|b</code><td>x</table>", "| `a\\|b` | x |\n| --- | --- |\n")]
    [InlineData("<table><tr><td rowspan=2>s<td>1<tr><td>2</table>", "| s | 1 |\n| --- | --- |\n| s | 2 |\n")]
    [InlineData("<table><tr><td colspan=2>w<td>x<tr><td>1<td>2<td>3</table>",
        "| w | w | x |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n")]
    [InlineData("<table><caption>C</caption><tr><td>1<td>2</table>", "C\n\n| 1 | 2 |\n| --- | --- |\n")]
    [InlineData("<table><tr><td><h2>h</h2><td><ul><li>x</ul></table>", "## h\n\n  * x\n")]
    public void Write_Table_IsGfm(string html, string expected) => Assert.Equal(expected, Markdown(html));

    [Fact]
    public void Write_Citations_ReplaceLinksButNotCode()
    {
        var markdown = Read("<p><a href=/x title=T>a</a> <a href=/y>b</a> <a href=/x>again</a>"
            + " <img src=/i alt=i></p><pre>[a](b)</pre>").Markdown;
        Assert.Equal("a⟨1⟩ b⟨2⟩ again⟨1⟩ ![i⟨3⟩]\n\n```\n[a](b)\n```\n", markdown.MarkdownWithCitations);
        Assert.Equal("\n\n## References\n\n⟨1⟩ http://b.example/x: T - a\n⟨2⟩ http://b.example/y: b\n"
            + "⟨3⟩ http://b.example/i: i\n", markdown.ReferencesMarkdown);
    }

    [Fact]
    public void Write_MoreLinksThanOneMarkCounts_KeepsThemApart()
    {
        const int Count = 20_000;
        var markdown = Markdown(string.Concat(
            Enumerable.Range(0, Count).Select(number => $"<p><a href=/{number}>t{number}</a></p>")));
        Assert.Equal(string.Join("\n\n", Enumerable.Range(0, Count).Select(
            number => $"[t{number}](http://b.example/{number})")) + "\n", markdown);
    }

    private static string Markdown(string html) => Read(html).Markdown.RawMarkdown;

    private static ReadPage Read(string html) => new PageReader().ReadHtml(
        html, "http://b.example/dir/page.html", ReadingOptions.Default, CancellationToken.None);
}
