using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Crawl4.Core.Fetching.Charsets;

namespace Crawl4.Core.Tests.Fetching.Charsets;

public sealed class CharsetChoiceTests
{
    [Theory]
    [InlineData("iso-8859-1", "windows-1252")]
    [InlineData("ASCII", "windows-1252")]
    [InlineData(" Latin1 ", "windows-1252")]
    [InlineData("utf8", "utf-8")]
    [InlineData("\"UTF-8\"", "utf-8")]
    [InlineData("sjis", "shift_jis")]
    [InlineData("x-sjis", "shift_jis")]
    [InlineData("gb2312", "gbk")]
    [InlineData("ks_c_5601-1987", "euc-kr")]
    [InlineData("cp1251", "windows-1251")]
    [InlineData("koi8", "koi8-r")]
    [InlineData("utf-16", "utf-16le")]
    [InlineData("x-user-defined", "windows-1252")]
    [InlineData("iso-8859-9", "windows-1254")]
    [InlineData("tis-620", "windows-874")]
    [InlineData("utf-7", null)]
    [InlineData("klingon", null)]
    [InlineData("", null)]
    public void Find_Label_IsTheStandardsName(string label, string? name) =>
        Assert.Equal(name, CharsetLabels.Find(label));

    [Theory]
    [InlineData("<meta charset=utf-8>", "utf-8")]
    [InlineData("<META CHARSET='Shift_JIS'>", "shift_jis")]
    [InlineData("<meta/charset=koi8-r />", "koi8-r")]
    [InlineData("<meta name=a charset = \"windows-1251\" >", "windows-1251")]
    [InlineData("<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">", "gbk")]
    [InlineData("<meta content='text/html;charset=big5' http-equiv=content-type>", "big5")]
    [InlineData("<meta content='text/html;charset=big5'>", null)]
    [InlineData("<meta http-equiv=refresh content='0; charset=big5'>", null)]
    [InlineData("<!-- <meta charset=big5> --><meta charset=euc-kr>", "euc-kr")]
    [InlineData("<!--><meta charset=euc-kr>", "euc-kr")]
    [InlineData("<p title='<meta charset=big5>'><meta charset=euc-kr>", "euc-kr")]
    [InlineData("<metadata charset=big5><meta charset=euc-kr>", "euc-kr")]
    [InlineData("<meta charset=utf-16le>", "utf-8")]
    [InlineData("<meta charset=nonsense><meta charset=euc-kr>", "euc-kr")]
    [InlineData("<meta charset='big5", null)]
    [InlineData("<meta", null)]
    [InlineData("<", null)]
    [InlineData("", null)]
    [InlineData("<?xml version='1.0' encoding='ISO-8859-2'?><r/>", "iso-8859-2")]
    [InlineData("<?xml version=\"1.0\" encoding = \"koi8-r\" ?><r/>", "koi8-r")]
    [InlineData("<?xml version='1.0'?><r encoding='koi8-r'/>", null)]
    public void Prescan_Declaration_IsFoundAsTheStandardSays(string html, string? name) =>
        Assert.Equal(name, MetaPrescan.Find(Encoding.Latin1.GetBytes(html)));

    [Fact]
    public void Choose_MarkAgainstEverythingElse_Wins()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "<meta charset=koi8-r>é"u8];

        var name = CharsetChoice.Choose(bytes, "shift_jis", declaresItself: true);

        Assert.Equal("utf-8", name);
        Assert.Equal("<meta charset=koi8-r>é", CharsetChoice.Decode(bytes, name));
    }

    [Theory]
    // Header says Latin-1 by default, bytes are UTF-8.
    [InlineData("iso-8859-1", "<p>Größe</p>", "utf-8", "utf-8")]
    [InlineData("iso-8859-1", "<meta charset=utf-8><p>Größe</p>", "utf-8", "utf-8")]
    [InlineData("windows-1251", "<p>Größe über alles</p>", "utf-8", "utf-8")]
    [InlineData("shift_jis", "<p>日本語のページ</p>", "utf-8", "utf-8")]
    [InlineData(null, "<meta charset=iso-8859-1><p>日本語</p>", "utf-8", "utf-8")]
    // Header and bytes agree, whatever the page says.
    [InlineData("windows-1251", "<meta charset=utf-8><p>Привет, как дела</p>", "windows-1251",
        "windows-1251")]
    [InlineData("windows-1252", "<meta charset=koi8-r><p>façade déjà vu</p>", "windows-1252", "windows-1252")]
    // Header is the server's default; the page and its bytes say otherwise.
    [InlineData("iso-8859-1", "<meta charset=windows-1251><p>Привет, как дела у вас сегодня</p>",
        "windows-1251", "windows-1251")]
    [InlineData("utf-8", "<meta charset=shift_jis><p>これは日本語のページです</p>", "shift_jis", "shift_jis")]
    [InlineData("iso-8859-1", "<p>Привет, как дела у вас сегодня, хорошо ли вы спали</p>", "windows-1251",
        "windows-1251")]
    // Called UTF-8 by a template, but never was.
    [InlineData("utf-8", "<p>Привет, как дела у вас сегодня, хорошо ли вы спали этой ночью</p>",
        "windows-1251", "windows-1251")]
    [InlineData("utf-16", "<p>Größe und Straße</p>", "windows-1252", "windows-1252")]
    public void Choose_DeclarationThatTheBytesRefute_IsDisbelieved(
        string? header, string html, string written, string expected)
    {
        var bytes = CharsetLabels.EncodingOf(written).GetBytes(html);

        Assert.Equal(expected, CharsetChoice.Choose(bytes, header, declaresItself: true));
    }

    [Theory]
    [InlineData("windows-1252", "é")]
    [InlineData("koi8-r", "Привет")]
    [InlineData("iso-8859-2", "žluť")]
    [InlineData("euc-kr", "안녕")]
    [InlineData("gbk", "联通")]
    [InlineData("big5", "中文")]
    public void Choose_ShortTextWithRightHeader_IsBelieved(string charset, string text)
    {
        var bytes = CharsetLabels.EncodingOf(charset).GetBytes(text);

        Assert.Equal(
            text, CharsetChoice.Decode(bytes, CharsetChoice.Choose(bytes, charset, declaresItself: true)));
    }

    [Fact]
    public void Choose_DamagedUtf8_StaysUtf8WithReplacements()
    {
        byte[] bytes = [.. "<p>bad "u8, 0xFF, .. " é "u8, 0xC3, .. "( end"u8];

        var name = CharsetChoice.Choose(bytes, "utf-8", declaresItself: true);

        Assert.Equal("<p>bad \uFFFD é \uFFFD( end", CharsetChoice.Decode(bytes, name));
    }

    [Fact]
    public void Decode_EveryCharsetOfTheStandard_IsThere()
    {
        string[] labels = ["iso-8859-10", "iso-8859-14", "iso-8859-16", "iso-8859-8-i", "x-mac-cyrillic",
            "macintosh", "windows-1258", "koi8-u"];

        Assert.All(labels, label => Assert.Equal(
            "a", CharsetChoice.Decode("a"u8, CharsetLabels.Find(label)!)));
        Assert.Equal("ȘĂ", CharsetChoice.Decode([0xAA, 0xC3], "iso-8859-16"));
        Assert.Equal("½ｶ", CharsetChoice.Decode(
            [0xBD], "windows-1252") + CharsetChoice.Decode([0x8E, 0xB6], "euc-jp"));
    }

    [RequiresFact(Requirement.SharedData)]
    public async Task Fetch_SharedPages_HaveTheTextThatTheyWereWrittenWith()
    {
        await using var site = await TestSite.StartAsync();
        var pages = site.MapSharedPages();
        using var fetcher = FetchSetup.Fetcher();
        foreach (var shared in pages.Where(page => page.Path.Contains("/enc-", StringComparison.Ordinal)))
        {
            var page = await fetcher.GetAsync(site.UrlOf(shared.Path));

            Assert.Null(page.Error);
            Assert.DoesNotContain('\uFFFD', page.Content);
            // Crawl4AI believes the wrong header; what it makes of the same bytes as UTF-8 is the right one.
            var heading = shared.Path.Contains("wronghdr", StringComparison.Ordinal)
                ? "wrong é"
                : GoldenHeading(shared);
            Assert.Contains($"<h1>{heading}</h1>", page.Content, StringComparison.Ordinal);
        }
    }

    [RequiresFact(Requirement.SharedData)]
    public async Task Fetch_EverySharedPage_IsFetchedWithItsStatus()
    {
        await using var site = await TestSite.StartAsync();
        var pages = site.MapSharedPages();
        using var folder = new TemporaryFolder();
        using var fetcher = FetchSetup.Fetcher(FetchSetup.ShellOptions with { DownloadFolder = folder.Path });
        foreach (var shared in pages)
        {
            var page = await fetcher.GetAsync(site.UrlOf(shared.Path));

            Assert.Equal((shared.Path, shared.Status), (shared.Path, page.StatusCode));
            Assert.Equal(shared.Status >= 400, page.Error is not null);
            Assert.Equal(shared.ReadBytes().Length, page.BodyBytes);
        }
    }

    private static string GoldenHeading(SharedPage page)
    {
        using var file = new GZipStream(File.OpenRead(page.GoldenPath), CompressionMode.Decompress);
        using var golden = JsonDocument.Parse(file);
        var html = golden.RootElement.GetProperty("cleaned_html").GetString()!;
        var start = html.IndexOf("<h1>", StringComparison.Ordinal) + 4;
        return html[start..html.IndexOf("</h1>", start, StringComparison.Ordinal)];
    }
}
