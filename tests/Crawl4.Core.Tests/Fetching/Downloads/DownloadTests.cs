using System.Text;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;
using Crawl4.Core.Fetching.Downloads;

namespace Crawl4.Core.Tests.Fetching.Downloads;

public sealed class DownloadTests
{
    [Theory]
    [InlineData("attachment; filename=report.pdf", "report.pdf")]
    [InlineData("attachment; filename=\"a b.pdf\"", "a b.pdf")]
    [InlineData("attachment; filename=\"a \\\"b\\\".pdf\"", "a _b_.pdf")]
    [InlineData("attachment; filename=plain.txt; filename*=UTF-8''na%C3%AFve%20file.txt", "naïve file.txt")]
    [InlineData("attachment; filename*=iso-8859-1'en'%A3.txt", "£.txt")]
    [InlineData("attachment; filename*=UTF-8''%2e%2e%2f%2e%2e%2fetc%2fpasswd", "passwd")]
    [InlineData("attachment; filename*=broken; filename=ok.txt", "ok.txt")]
    [InlineData("attachment; filename=\"../evil name.html\"", "evil name.html")]
    [InlineData("attachment; filename=\"..\\..\\evil.exe\"", "evil.exe")]
    [InlineData("attachment; filename=\"C:\\Windows\\System32\\cmd.exe\"", "cmd.exe")]
    [InlineData("attachment; filename=\"/etc/passwd\"", "passwd")]
    [InlineData("attachment; filename=\"..\"", "file.bin")]
    [InlineData("attachment; filename=\"...\"", "file.bin")]
    [InlineData("attachment; filename=\"\"", "file.bin")]
    [InlineData("attachment; filename=\".bashrc\"", "bashrc")]
    [InlineData("attachment; filename=\"-rf\"", "rf")]
    [InlineData("attachment; filename=\"con\"", "_con")]
    [InlineData("attachment; filename=\"NUL.txt\"", "_NUL.txt")]
    [InlineData("attachment; filename=\"com1.tar.gz\"", "_com1.tar.gz")]
    [InlineData("attachment; filename=\"a:stream\"", "a_stream")]
    [InlineData("attachment; filename=\"end. . \"", "end")]
    [InlineData("attachment; filename=\"tab\tnul\0.txt\"", "tab_nul_.txt")]
    [InlineData("attachment; filename=\"gpj.\u202Eexe\"", "gpj._exe")]
    [InlineData("attachment", "file.bin")]
    [InlineData("", "file.bin")]
    public void Choose_NameOfTheServers_IsMadeHarmless(string disposition, string name) =>
        Assert.Equal(name, DownloadName.Choose(disposition, "http://host/dir/file.bin?x=/y", ""));

    [Theory]
    [InlineData("http://host/", "application/pdf", ".pdf")]
    [InlineData("http://host/a/..%2f", "image/png", ".png")]
    [InlineData("http://host/%00", "", ".bin")]
    public void Choose_NoNameAnywhere_IsMadeOfTheUrl(string url, string type, string extension)
    {
        var name = DownloadName.Choose("", url, type);

        Assert.Matches("^download_[0-9a-f]{10}\\" + extension + "$", name);
        Assert.Equal(name, DownloadName.Choose("", url, type));
    }

    [Fact]
    public void Sanitize_AnyText_IsAHarmlessBaseNameOrNothing()
    {
        const int Seed = 20263;
        const string Pieces = "..//\\\\::**  \0\t\r\n%%-~aZ9éß日\u202e\ud83d\ude00\ud800CON.NUL.txt";
        var random = new Random(Seed);
        using var folder = new TemporaryFolder();
        for (var round = 0; round < 20_000; round++)
        {
            var text = new string([.. Enumerable.Range(
                0, random.Next(0, 300)).Select(_ => Pieces[random.Next(Pieces.Length)])]);
            var name = DownloadName.Sanitize(text);
            if (name.Length == 0)
            {
                continue;
            }

            var where = $"seed {Seed} round {round}: '{name}'";
            Assert.True(Path.GetFullPath(folder.Combine(name)) == folder.Combine(name), where);
            Assert.True(name.IndexOfAny(['/', '\\', ':', '\0']) < 0 && !name.Any(char.IsControl), where);
            Assert.True(name[0] is not ('.' or '-' or ' ') && name[^1] is not ('.' or ' '), where);
            Assert.True(Encoding.UTF8.GetByteCount(name) <= DownloadName.MaxBytes + 1, where);
            Assert.True(name.Split('.')[0].ToUpperInvariant() is not ("CON" or "NUL"), where);
        }
    }

    [Fact]
    public async Task Fetch_OtherType_IsSavedByteForByteAndNotRead()
    {
        using var folder = new TemporaryFolder();
        var body = Enumerable.Range(0, 5000).Select(n => (byte)n).ToArray();
        await using var site = (await TestSite.StartAsync()).MapBytes("/a/data.zip", body, "application/zip");
        var events = new RecordedEvents();
        using var fetcher = FetchSetup.Fetcher(
            FetchSetup.ShellOptions with { DownloadFolder = folder.Combine(
                "made", "for it") }, events: events);

        var page = await fetcher.GetAsync(site.UrlOf("/a/data.zip"));

        Assert.Null(page.Error);
        Assert.Equal((PageKind.Download, "", ""), (page.Kind, page.Content, page.Charset));
        Assert.Equal(folder.Combine("made", "for it", "data.zip"), page.DownloadedFile);
        Assert.Equal(body, await File.ReadAllBytesAsync(page.DownloadedFile!));
        Assert.Contains(events.All, e => e.Id == EventIds.DownloadSaved);
        Assert.Single(Directory.GetFileSystemEntries(folder.Combine("made", "for it")));
    }

    [Fact]
    public async Task Fetch_TextualAttachment_IsSavedAndRead()
    {
        using var folder = new TemporaryFolder();
        await using var site = (await TestSite.StartAsync()).MapBytes(
            "/a", "<p>hi</p>"u8.ToArray(), "text/html", headers: new Dictionary<string, string>
            {
                ["Content-Disposition"] = "attachment; filename=\"../evil name.html\"",
            });

        var page = await FetchSetup.FetchAsync(
            site.UrlOf("/a"), FetchSetup.ShellOptions with { DownloadFolder = folder.Path });

        Assert.Equal((PageKind.Html, "<p>hi</p>"), (page.Kind, page.Content));
        Assert.Equal(folder.Combine("evil name.html"), page.DownloadedFile);
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Fetch_SameNameAtOnce_OverwritesNothing()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Combine("data.zip"), "mine");
        await using var site = await TestSite.StartAsync();
        site.Map("/data.zip", async context =>
        {
            context.Response.ContentType = "application/zip";
            await context.Response.Body.WriteAsync(
                Encoding.ASCII.GetBytes(context.Request.QueryString.Value!));
        });
        using var fetcher = FetchSetup.Fetcher(FetchSetup.ShellOptions with { DownloadFolder = folder.Path });

        var pages = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(n => fetcher.GetAsync(site.UrlOf($"/data.zip?{n}"))));

        Assert.Equal("mine", await File.ReadAllTextAsync(folder.Combine("data.zip")));
        Assert.Equal(20, pages.Select(page => page.DownloadedFile).Distinct().Count());
        Assert.All(pages.Index(), pair => Assert.Equal(
            $"?{pair.Index}", File.ReadAllText(pair.Item.DownloadedFile!)));
        Assert.Equal(21, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Fact]
    public async Task Save_NameThatIsALink_IsNotFollowed()
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        File.CreateSymbolicLink(folder.Combine("a.bin"), elsewhere.Combine("target"));

        var file = await new DownloadFolder(folder.Path + Path.DirectorySeparatorChar).SaveAsync(
            "a.bin", "x"u8.ToArray(), CancellationToken.None);

        Assert.Equal(folder.Combine("a-1.bin"), file);
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere.Path));
    }

    [Fact]
    public async Task Save_Cancelled_LeavesNothing()
    {
        using var folder = new TemporaryFolder();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new DownloadFolder(folder.Path).SaveAsync(
            "a.bin", "x"u8.ToArray(), new CancellationToken(canceled: true)));

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Fetch_FolderThatIsAFile_IsAnErrorThatNamesIt()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Combine("file"), "");
        await using var site = (await TestSite.StartAsync()).MapBytes("/a.zip", [1, 2], "application/zip");

        var page = await FetchSetup.FetchAsync(
            site.UrlOf("/a.zip"), FetchSetup.ShellOptions with { DownloadFolder = folder.Combine("file") });

        Assert.Contains(folder.Combine("file"), page.Error!.Message, StringComparison.Ordinal);
        Assert.Null(page.DownloadedFile);
    }

    [Fact]
    public async Task Fetch_NoFolder_FailsWhatWouldBeADownload()
    {
        await using var site = (await TestSite.StartAsync()).MapBytes("/a.zip", [1, 2], "application/zip");

        var page = await FetchSetup.FetchAsync(site.UrlOf("/a.zip"));

        Assert.Equal(Crawl4ErrorCode.PageUnreadable, page.Error?.Code);
    }

    [Fact]
    public async Task Fetch_DownloadThatFails_SavesNothing()
    {
        using var folder = new TemporaryFolder();
        await using var cut = RawServer.Answering(
            "HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 100\r\n\r\nhalf");
        await using var site = (await TestSite.StartAsync())
            .MapBytes("/big", new byte[2000], "application/zip").MapBytes(
                "/gone", [1, 2, 3], "application/zip", 404);
        var options = FetchSetup.ShellOptions with { DownloadFolder = folder.Path, MaxBodyBytes = 1000 };

        var pages = await Task.WhenAll(
            FetchSetup.FetchAsync(cut.Url, options),
            FetchSetup.FetchAsync(site.UrlOf("/big"), options),
            FetchSetup.FetchAsync(site.UrlOf("/gone"), options));

        Assert.All(pages, page => Assert.NotNull(page.Error));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
