using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Reading.Markdown;

/// <summary>What has a notation of its own in Markdown.</summary>
public class NotationTests
{
    [Theory]
    [InlineData("<ul><li><input type=checkbox checked> done<li><input type=checkbox>open</ul>", "  * [x] done\n  * [ ] open\n")]
    [InlineData("<ol><li><p><label><input TYPE=CheckBox> a <b>b</b></label></p></ol>", "  1. [ ] a **b**\n")]
    [InlineData("<ul><li><input type=radio>a<li>b <input type=checkbox><li><input type=checkbox role=button>c<li>[x] d</ul>",
        "  * a\n  * b\n  * c\n  * \\[x] d\n")]
    public void TaskList_HasItsBoxes(string html, string markdown) => Assert.Equal(markdown, Read(html));

    [Theory]
    [InlineData("<p>a <math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x_1*y</annotation></semantics></math> b",
        "a $x_1*y$ b\n")]
    [InlineData("<math display=block><mi>x</mi><annotation encoding=TeX>x\n= 1</annotation></math>", "$$x = 1$$\n")]
    [InlineData("<span class=katex><span class=katex-mathml><math><semantics><mi>y</mi><annotation encoding='application/x-tex'>y"
        + "</annotation></semantics></math></span><span class=katex-html>y</span></span>", "$y$\n")]
    [InlineData("<p>a <span class=MathJax_Preview></span><span class=MathJax>E</span><script type='math/tex'>E</script> b", "a $E$ b\n")]
    [InlineData("<p><script type='math/tex; mode=display'>E</script>", "$$E$$\n")]
    [InlineData("<p>a <math><mi>x</mi><mo>=</mo></math> b", "a x= b\n")]
    [InlineData("<table><tr><th>a<th>b<tr><td><script type='math/tex'>|x|</script><td>c</table>",
        "| a | b |\n| --- | --- |\n| $\\vert x\\vert $ | c |\n")]
    public void Formula_IsItsTex(string html, string markdown) => Assert.Equal(markdown, Read(html));

    // For scripts that look for dollar signs in a page's text. Money and variables are none of their business.
    [Theory]
    [InlineData("<p>If $\\sum_{i}^n (x_{i})*y$, then $$\\{a_{1}\\}_{k}$$.", "If $\\sum_{i}^n (x_{i})*y$, then $$\\{a_{1}\\}_{k}$$.\n")]
    [InlineData("<p>$|x|_{2}$ <b>$_{y}$</b>", "$|x|_{2}$ **$_{y}$**\n")]
    [InlineData("<table><tr><th>a<th>b<tr><td>$|x|_{2}$<td>c</table>", "| a | b |\n| --- | --- |\n| $\\|x\\|_{2}$ | c |\n")]
    [InlineData("<p>$$a_1 &lt; 2 &amp;lt;i&amp;gt; &lt;img src=x&gt;$$", "$$a_1 < 2 \\&lt;i\\&gt; \\<img src=x>$$\n")]
    [InlineData("<p><a href=/p>$x_1 \\in [0,1)$</a>", "[$x_1 \\in \\[0,1)$](http://h.example/p)\n")]
    [InlineData("<p>$5 for _x_ and $6 for *y*", "$5 for \\_x\\_ and $6 for \\*y\\*\n")]
    [InlineData("<p>$_GET and a$_b$c", "$\\_GET and a$\\_b$c\n")]
    [InlineData("<p>$_x `y`$ $_x <i>y</i>_$ $_{x &lt;b}$", "$\\_x \\`y\\`$ $\\_x _y_\\_$ $\\_{x \\<b}$\n")]
    public void FormulaInText_IsAsThePageHasIt(string html, string markdown) => Assert.Equal(markdown, Read(html));

    [Theory]
    [InlineData("<div class=mermaid>\ngraph TD\nA--&gt;B\n</div>", "```mermaid\ngraph TD\nA-->B\n```\n")]
    [InlineData("<pre class=mermaid>graph TD</pre>", "```mermaid\ngraph TD\n```\n")]
    [InlineData("<p>a<svg id=mermaid-1 aria-roledescription=pie><g><text>One</text><text>One</text>"
        + "<foreignObject><div>Two <b>words</b></div></foreignObject></g></svg>b", "a\n\n```mermaid\n%% pie diagram\nOne\nTwo words\n```\n\nb\n")]
    [InlineData("<div class=mermaid><p>text</p></div>", "text\n")]
    public void Diagram_IsCode(string html, string markdown) => Assert.Equal(markdown, Read(html));

    private static string Read(string html) => new PageReader().ReadHtml(
        html, "http://h.example/", ReadingOptions.Default, CancellationToken.None).Markdown.RawMarkdown;
}
