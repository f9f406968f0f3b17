using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.Tests.Reading.Extracting;

public class SampleHtmlTests
{
    [Fact]
    public void Sample_KeepsStructure_AndWhatSelectorsUse()
    {
        const string Page = """
            <html><head><title>x</title></head><body class="b" style="color:red" onclick="x()">
            <!-- note --><script>secret()</script><style>p{}</style>
            <p data-id="7" lang="en">a &lt; b   c</p><img src="i.png" width="3"><input name="token" value="hidden"></body></html>
            """;

        Assert.Equal(
            """<body class="b"><p data-id="7">a &lt; b c</p><img src="i.png"><input name="token"></body>""",
            SampleHtml.Of(Page, 10_000));
    }

    [Fact]
    public void Sample_OfManyLikeSiblings_HasTheFirstThree()
    {
        var page = "<ul>" + string.Concat(Enumerable.Range(1, 50).Select(n => $"<li class=\"i\">{n}</li>")) + "<li class=\"last\">x</li></ul>";

        Assert.Equal(
            """<body><ul><li class="i">1</li><li class="i">2</li><li class="i">3</li><li class="last">x</li><!-- 47 more like these --></ul></body>""",
            SampleHtml.Of(page, 10_000));
    }

    [Fact]
    public void Sample_OfALongPage_GetsShorter_UntilItFits()
    {
        var page = string.Concat(Enumerable.Range(1, 200).Select(n => $"<div class=\"c{n}\"><p>{new string('x', 500)}</p></div>"));

        Assert.Contains(new string('x', 120) + "...", SampleHtml.Of(page, 100_000), StringComparison.Ordinal);
        var small = SampleHtml.Of(page, 12_000);
        Assert.InRange(small.Length, 1_000, 12_000);
        Assert.Contains("c200", small, StringComparison.Ordinal);
        Assert.Equal(503, SampleHtml.Of(page, 500).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<<<>")]
    [InlineData("plain")]
    public void Sample_OfAnything_IsSomething(string page) =>
        Assert.StartsWith("<body>", SampleHtml.Of(page, 1_000), StringComparison.Ordinal);
}
