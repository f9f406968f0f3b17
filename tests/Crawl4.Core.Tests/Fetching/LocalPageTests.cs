using System.Diagnostics;
using System.Text;
using Crawl4.Core.Fetching;

namespace Crawl4.Core.Tests.Fetching;

public sealed class LocalPageTests
{
    [Theory]
    [InlineData("page.html", PageKind.Html)]
    [InlineData("page.json", PageKind.Json)]
    [InlineData("page.csv", PageKind.Csv)]
    [InlineData("page.txt", PageKind.Text)]
    [InlineData("page.xml", PageKind.Html)]
    [InlineData("page", PageKind.Html)]
    [InlineData("with space ü.html", PageKind.Html)]
    public async Task Fetch_File_IsReadInItsCharsetAndKind(string name, PageKind kind)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.Combine(
            name), Encoding.Latin1.GetBytes("<html><p>Größe, Straße, schöner Übergang</p></html>"));

        var page = await FetchSetup.FetchAsync(new Uri(folder.Combine(name)).AbsoluteUri);

        Assert.Null(page.Error);
        Assert.Equal((200, kind, "windows-1252"), (page.StatusCode, page.Kind, page.Charset));
        Assert.Contains("Größe", page.Content, StringComparison.Ordinal);
        Assert.Equal(51, page.BodyBytes);
    }

    [Fact]
    public async Task Fetch_FileThatIsNone_SaysWhatIsWrong()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.Combine("big.txt"), new byte[2000]);
        await File.WriteAllBytesAsync(folder.Combine("image.png"), [0x89, 0x50, 0x4E, 0x47, 0, 0, 0]);
        await File.WriteAllBytesAsync(folder.Combine("empty.html"), []);
        var options = FetchSetup.ShellOptions with { MaxBodyBytes = 1000 };
        async Task<Crawl4ErrorCode?> CodeOf(string url) =>
            (await FetchSetup.FetchAsync(url, options)).Error?.Code;
        string Url(string name) => new Uri(folder.Combine(name)).AbsoluteUri;

        Assert.Equal(Crawl4ErrorCode.PageNotFound, await CodeOf(Url("missing.html")));
        Assert.Equal(Crawl4ErrorCode.PageNotFound, await CodeOf(Url("missing/missing.html")));
        Assert.Equal(Crawl4ErrorCode.PageUnreadable, await CodeOf(Url("")));
        Assert.Equal(Crawl4ErrorCode.PageTooLarge, await CodeOf(Url("big.txt")));
        Assert.Equal(Crawl4ErrorCode.PageUnreadable, await CodeOf(Url("image.png")));
        Assert.Equal(Crawl4ErrorCode.EgressForbidden, await CodeOf("file://server/share/page.html"));
        Assert.Null(await CodeOf(Url("empty.html")));
    }

    [Fact]
    public async Task Fetch_DeviceOrPipe_IsRefusedAndNotOpened()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        using (var make = Process.Start("mkfifo", folder.Combine("pipe.html")))
        {
            await make.WaitForExitAsync();
        }

        File.CreateSymbolicLink(folder.Combine("link.html"), "/dev/zero");
        foreach (var path in (
            string[])["/dev/zero", "/dev/null", folder.Combine("pipe.html"), folder.Combine("link.html")])
        {
            var page = await FetchSetup.FetchAsync($"file://{path}").WaitAsync(TimeSpan.FromSeconds(30));

            Assert.Equal((path, Crawl4ErrorCode.PageUnreadable), (path, page.Error?.Code));
        }
    }

    [Fact]
    public async Task Fetch_LinkToAFile_IsRead()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Combine("a.html"), "<p>here</p>");
        File.CreateSymbolicLink(folder.Combine("b.html"), folder.Combine("a.html"));

        var page = await FetchSetup.FetchAsync(new Uri(folder.Combine("b.html")).AbsoluteUri);

        Assert.Equal("<p>here</p>", page.Content);
    }

    [Theory]
    [InlineData("raw:<p>ü</p>", "<p>ü</p>")]
    [InlineData("raw://<p>ü</p>", "<p>ü</p>")]
    [InlineData("RAW:<p>ü</p>", "<p>ü</p>")]
    [InlineData("raw:", "")]
    [InlineData("raw:http://example.com/", "http://example.com/")]
    public async Task Fetch_Raw_IsThePageItself(string url, string content)
    {
        var page = await FetchSetup.FetchAsync(url);

        Assert.Null(page.Error);
        Assert.Equal((200, PageKind.Html, content), (page.StatusCode, page.Kind, page.Content));
        Assert.Equal(Encoding.UTF8.GetByteCount(content), page.BodyBytes);
    }

    [Fact]
    public async Task Fetch_RawTooLarge_IsRefused()
    {
        var page = await FetchSetup.FetchAsync(
            "raw:" + new string('a', 1001), FetchSetup.ShellOptions with { MaxBodyBytes = 1000 });

        Assert.Equal(Crawl4ErrorCode.PageTooLarge, page.Error?.Code);
    }
}
