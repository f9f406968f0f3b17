using System.IO.Compression;
using System.Text;
using Crawl4.Core.Fetching;
using Microsoft.AspNetCore.Http;

namespace Crawl4.Core.Tests.Fetching.Bodies;

public sealed class BodyReaderTests
{
    private const string Text = "<p>Grüße, wie komprimiert auch immer</p>";

    private static readonly byte[] Plain = Encoding.UTF8.GetBytes(Text);

    public static TheoryData<string, byte[]> Compressed => new()
    {
        { "gzip", Compress(Plain, s => new GZipStream(s, CompressionLevel.Optimal)) },
        { "x-gzip", Compress(Plain, s => new GZipStream(s, CompressionLevel.Optimal)) },
        { "GZIP", Compress(Plain, s => new GZipStream(s, CompressionLevel.Optimal)) },
        { "deflate", Compress(Plain, s => new ZLibStream(s, CompressionLevel.Optimal)) },
        { "deflate", Compress(Plain, s => new DeflateStream(s, CompressionLevel.Optimal)) },
        { "br", Compress(Plain, s => new BrotliStream(s, CompressionLevel.Optimal)) },
        { "identity", Plain },
        { "", Plain },
        { "gzip, br", Compress(Compress(Plain, s => new GZipStream(
            s, CompressionLevel.Optimal)), s => new BrotliStream(s, CompressionLevel.Optimal)) },
        { "gzip, deflate", Compress(Compress(Plain, s => new GZipStream(
            s, CompressionLevel.Optimal)), s => new DeflateStream(s, CompressionLevel.Optimal)) },
        { "gzip", [.. Compress(Plain[..9], s => new GZipStream(s, CompressionLevel.Optimal)), .. Compress(
            Plain[9..], s => new GZipStream(s, CompressionLevel.Optimal))] },
    };

    [Theory]
    [MemberData(nameof(Compressed))]
    public async Task Fetch_CompressedBody_IsDecompressed(string coding, byte[] body)
    {
        await using var server = RawServer.Answering(RawServer.Answer(body, Headers(coding)));

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Null(page.Error);
        Assert.Equal(Text, page.Content);
        Assert.Equal(Plain.Length, page.BodyBytes);
    }

    [Theory]
    [MemberData(nameof(Compressed))]
    public async Task Fetch_CompressedBodyCutShort_IsNeverASuccess(string coding, byte[] body)
    {
        if (coding is "" or "identity")
        {
            return;
        }

        // Framed as complete: only the decompressor can know. Two gzip members may end after the first.
        var firstMember = Compress(Plain[..9], s => new GZipStream(s, CompressionLevel.Optimal)).Length;
        using var fetcher = FetchSetup.Fetcher();
        var cut = body;
        await using var site = await TestSite.StartAsync();
        site.Map("/", async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentEncoding = coding;
            await context.Response.Body.WriteAsync(cut);
        });
        for (var length = 1; length < body.Length; length++)
        {
            cut = body[..length];

            var page = await fetcher.GetAsync(site.Url);

            if (length == firstMember && page.Error is null)
            {
                Assert.Equal(9, page.BodyBytes);
                continue;
            }

            Assert.True(page.Error?.Code == Crawl4ErrorCode.PageUnreadable,
                $"cut after {length} of {body.Length}");
            Assert.Equal("", page.Content);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Fetch_BodyThatIsNotCompressedAsSaid_IsAnError(string coding)
    {
        await using var server = RawServer.Answering(
            RawServer.Answer("<html>plain</html>"u8.ToArray(), Headers(coding)));

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Equal(Crawl4ErrorCode.PageUnreadable, page.Error?.Code);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("compress")]
    [InlineData("gzip, gzip, gzip, gzip, gzip")]
    public async Task Fetch_CodingUnknownOrTooOften_IsAnError(string coding)
    {
        await using var server = RawServer.Answering(RawServer.Answer(Plain, Headers(coding)));

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Equal(Crawl4ErrorCode.PageUnreadable, page.Error?.Code);
    }

    [Fact]
    public async Task Fetch_EmptyBodyCalledGzip_IsEmpty()
    {
        await using var server = RawServer.Answering(RawServer.Answer([], Headers("gzip")));

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Equal((null, ""), (page.Error, page.Content));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, br")]
    public async Task Fetch_Bomb_IsRefusedLongBeforeItIsWhole(string coding)
    {
        var bomb = new byte[64 * 1024 * 1024];
        foreach (var name in coding.Split(", "))
        {
            bomb = Compress(bomb, s => name switch
            {
                "gzip" => new GZipStream(s, CompressionLevel.SmallestSize),
                "br" => new BrotliStream(s, CompressionLevel.SmallestSize),
                _ => new ZLibStream(s, CompressionLevel.SmallestSize),
            });
        }

        await using var server = RawServer.Answering(RawServer.Answer(bomb, Headers(coding)));

        var page = await FetchSetup.FetchAsync(
            server.Url, FetchSetup.ShellOptions with { MaxBodyBytes = 500_000_000 });

        Assert.Equal(Crawl4ErrorCode.PageTooLarge, page.Error?.Code);
        Assert.Equal("", page.Content);
    }

    [Fact]
    public async Task Fetch_RepetitivePageBelowTheFloor_IsNoBomb()
    {
        var page64 = Compress(new byte[1024 * 1024].Select(
            _ => (byte)'a').ToArray(), s => new GZipStream(s, CompressionLevel.Optimal));
        await using var server = RawServer.Answering(RawServer.Answer(page64, Headers("gzip")));

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Equal((null, 1024 * 1024), (page.Error, page.Content.Length));
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public async Task Fetch_BodyAtTheLimit_IsReadAndOneByteMoreIsNot(int bytes, bool isRead)
    {
        var options = FetchSetup.ShellOptions with { MaxBodyBytes = 1000 };
        var body = Enumerable.Repeat((byte)'a', bytes).ToArray();
        await using var declared = RawServer.Answering(RawServer.Answer(body, Headers("")));
        await using var chunked = RawServer.Answering(
            $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n{bytes:x}\r\n{Encoding.ASCII.GetString(body)}\r\n0\r\n\r\n");
        await using var compressed = RawServer.Answering(RawServer.Answer(
            Compress(body, s => new GZipStream(s, CompressionLevel.Optimal)), Headers("gzip")));

        foreach (var url in (string[])[declared.Url, chunked.Url, compressed.Url])
        {
            var page = await FetchSetup.FetchAsync(url, options);

            Assert.Equal(isRead ? null : Crawl4ErrorCode.PageTooLarge, page.Error?.Code);
            Assert.Equal(isRead ? bytes : 0, page.Content.Length);
            Assert.Equal(200, page.StatusCode);
        }
    }

    [Fact]
    public async Task Fetch_AnnouncedTooLarge_IsRefusedBeforeTheBody()
    {
        await using var server = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
            await connection.WaitForCloseAsync();
        });

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Equal(Crawl4ErrorCode.PageTooLarge, page.Error?.Code);
    }

    [Fact]
    public async Task Fetch_EndlessBody_IsCutAtTheLimit()
    {
        await using var server = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            var chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string('a', 0x10000)}\r\n");
            while (!connection.Stopping.IsCancellationRequested)
            {
                await connection.SendAsync(chunk);
            }
        });

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Equal(Crawl4ErrorCode.PageTooLarge, page.Error?.Code);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello")]
    public async Task Fetch_BodyCutShort_IsNeverASuccess(string answer)
    {
        await using var server = RawServer.Answering(answer);

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Contains(
            page.Error?.Code, (
                Crawl4ErrorCode?[])[Crawl4ErrorCode.PageUnreachable, Crawl4ErrorCode.PageUnreadable]);
        Assert.Equal("", page.Content);
        Assert.Equal(200, page.StatusCode);
    }

    [Fact]
    public async Task Fetch_GzipInChunksThatIsCutAfterItsEnd_IsNoSuccess()
    {
        var body = Encoding.Latin1.GetString(
            Compress(Plain, s => new GZipStream(s, CompressionLevel.Optimal)));
        await using var server = RawServer.Answering(
            $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n");

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.NotNull(page.Error);
    }

    [Fact]
    public async Task Fetch_AnswerWithoutLength_EndsWithTheConnection()
    {
        await using var server = RawServer.Answering(
            "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nall of it");

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Equal((null, "all of it"), (page.Error, page.Content));
    }

    private static string Headers(string coding) =>
        "Content-Type: text/html; charset=utf-8\r\n" + (
            coding.Length == 0 ? "" : $"Content-Encoding: {coding}\r\n");

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> coder)
    {
        using var result = new MemoryStream();
        using (var stream = coder(result))
        {
            stream.Write(bytes);
        }

        return result.ToArray();
    }
}
