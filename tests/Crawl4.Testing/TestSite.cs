using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Crawl4.Testing;

/// <summary>A request that a <see cref="TestSite"/> saw.</summary>
public sealed record TestHit(
    string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body, string Protocol);

/// <summary>A web site on loopback with a free port. Pages can be added while it runs; every request is kept.
/// What was not added is a 404.</summary>
public sealed class TestSite : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RequestDelegate> _routes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<TestHit> _hits = new();
    private readonly WebApplication _app;

    private TestSite(WebApplication app) => _app = app;

    /// <summary>The site's root, with a slash at the end.</summary>
    public string Url { get; private set; } = "";

    public int Port => new Uri(Url).Port;

    /// <summary>All requests so far.</summary>
    public IReadOnlyList<TestHit> Hits => [.. _hits];

    /// <summary>Starts a site: http/1.1, or with a certificate https with http/1.1 and http/2.</summary>
    public static async Task<TestSite> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
            {
                endpoint.Protocols = HttpProtocols.Http1AndHttp2;
                if (certificate is not null)
                {
                    endpoint.UseHttps(certificate);
                }
                else
                {
                    endpoint.Protocols = HttpProtocols.Http1;
                }
            });
        });
        var app = builder.Build();
        var site = new TestSite(app);
        app.Run(site.ServeAsync);
        await app.StartAsync();
        var features = app.Services.GetRequiredService<IServer>().Features;
        site.Url = features.Get<IServerAddressesFeature>()!.Addresses.Single().TrimEnd('/') + "/";
        return site;
    }

    /// <summary>The address of a path, which starts with a slash.</summary>
    public string UrlOf(string path) => Url + path.TrimStart('/');

    /// <summary>How often a path (with its query, as sent) was asked for.</summary>
    public int HitsOf(string target) => _hits.Count(hit => hit.Target == target);

    /// <summary>Answers a path by code. A path with a query matches that query only. The request as it was kept, with
    /// its body, is a <see cref="TestHit"/> among the context's features.</summary>
    public TestSite Map(string path, RequestDelegate answer)
    {
        _routes[path] = answer;
        return this;
    }

    /// <summary>Answers with these bytes.</summary>
    public TestSite MapBytes(string path, byte[] body, string? contentType, int status = 200,
        IReadOnlyDictionary<string, string>? headers = null) => Map(path, async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            foreach (var (name, value) in headers ?? new Dictionary<string, string>())
            {
                context.Response.Headers[name] = value;
            }

            context.Response.ContentLength = body.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await context.Response.Body.WriteAsync(body);
            }
        });

    /// <summary>Answers with an HTML page in UTF-8.</summary>
    public TestSite MapHtml(string path, string html, int status = 200) =>
        MapBytes(path, Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", status);

    /// <summary>Answers with a page that has an ETag and a Last-Modified, and 304 where the request knows
    /// them.</summary>
    public TestSite MapValidated(
        string path, byte[] body, IReadOnlyDictionary<string, string> headers, int status = 200) =>
        Map(path, async context =>
        {
            var response = context.Response;
            foreach (var (name, value) in headers)
            {
                response.Headers[name] = value;
            }

            var tag = headers.GetValueOrDefault("ETag");
            var date = headers.GetValueOrDefault("Last-Modified");
            var known = context.Request.Headers.IfNoneMatch.Count > 0
                ? tag is not null && context.Request.Headers.IfNoneMatch == tag
                : date is not null && context.Request.Headers.IfModifiedSince == date;
            if (known)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentType = null;
                return;
            }

            response.StatusCode = status;
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body);
        });

    /// <summary>Answers with a page and the ETag of its content.</summary>
    public TestSite MapTagged(string path, string html) => MapValidated(
        path,
        Encoding.UTF8.GetBytes(html),
        new Dictionary<string, string>
        {
            ["Content-Type"] = "text/html; charset=utf-8",
            ["ETag"] = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html)))[..16]}\"",
        });

    /// <summary>Redirects.</summary>
    public TestSite MapRedirect(string path, string location, int status = 302) => Map(path, context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    });

    /// <summary>Serves all shared pages at their own paths, with the status and headers they were served
    /// with. Needs <see cref="Requirement.SharedData"/>.</summary>
    public IReadOnlyList<SharedPage> MapSharedPages()
    {
        var pages = SharedPage.ReadAll();
        foreach (var page in pages)
        {
            MapValidated(page.Path, page.ReadBytes(), page.Headers, page.Status);
        }

        return pages;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var hit = new TestHit(
            context.Request.Method,
            target,
            context.Request.Headers.ToDictionary(
                h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray(),
            context.Request.Protocol);
        _hits.Enqueue(hit);
        context.Features.Set(hit);
        if (_routes.TryGetValue(target, out var answer)
            || _routes.TryGetValue(target.Split('?')[0], out answer)
            || _routes.TryGetValue(context.Request.Path.Value ?? "", out answer))
        {
            await answer(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync("<html><body><h1>Not found</h1></body></html>");
    }
}
