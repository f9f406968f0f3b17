using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crawl4.Cli.Demo;

/// <summary>The demo site, served on loopback at a port that the system gives.</summary>
internal sealed class DemoSite : IAsyncDisposable
{
    private const string SquarePath = "/odd/square.png";

    // Eight by eight pixels of one colour.
    private static readonly byte[] Square = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mPQz+/HihiGlgQAT3tLQQFf03oAAAAASUVORK5CYII=");

    private readonly WebApplication _server;
    private readonly Dictionary<string, DemoPage> _pages = DemoPages.All.ToDictionary(page => page.Path);
    private long _requestCount;

    private DemoSite(WebApplication server) => _server = server;

    /// <summary>The site's address, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>How many requests the site has seen.</summary>
    public long RequestCount => Interlocked.Read(ref _requestCount);

    public static async Task<DemoSite> StartAsync(CancellationToken cancellationToken)
    {
        // Empty: the environment and settings files of whoever runs the demo are not for this server.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(IPAddress.Loopback, port: 0);
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var site = new DemoSite(builder.Build());
        site._server.Run(site.AnswerAsync);
        await site._server.StartAsync(cancellationToken);
        site.Address = site._server.Urls.Single().TrimEnd('/');
        return site;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requestCount);
        var path = context.Request.Path.Value ?? "";
        if (path == SquarePath)
        {
            context.Response.ContentType = "image/png";
            await context.Response.Body.WriteAsync(Square, context.RequestAborted);
        }
        else if (_pages.TryGetValue(path, out var page))
        {
            await AnswerAsync(context, page);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private static async Task AnswerAsync(HttpContext context, DemoPage page)
    {
        var response = context.Response;
        response.StatusCode = page.Status;
        if (page.MovedTo.Length > 0)
        {
            response.Headers.Location = page.MovedTo;
            return;
        }

        if (page.ETag.Length > 0)
        {
            response.Headers.ETag = page.ETag;
            if (context.Request.Headers.IfNoneMatch == page.ETag)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.ContentType = page.ContentType;
        if (page.Compressed)
        {
            response.Headers.ContentEncoding = "gzip";
        }

        await response.Body.WriteAsync(BodyOf(page), context.RequestAborted);
    }

    private static byte[] BodyOf(DemoPage page)
    {
        var bytes = Encoding.UTF8.GetBytes(TextOf(page.Resource));
        if (page.Charset != "utf-8")
        {
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(page.Charset)!;
            bytes = encoding.GetBytes(TextOf(page.Resource));
        }

        return page.Compressed ? Packed(bytes) : bytes;
    }

    private static string TextOf(string resource)
    {
        var name = $"Crawl4.Cli.Demo.Site.{resource}";
        using var stream = typeof(DemoSite).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without its demo page {resource}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>The usual lifetime takes Ctrl+C for itself; here it belongs to the command.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
