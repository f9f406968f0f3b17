using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Crawl4.Bench.Backfilling;

/// <summary>Answers puts by itself after as long as a service takes that is not on this machine, and passes everything else
/// on. An emulator works on the same cores as its client, and is what a loop of puts measures there. It is a process of its
/// own, whose processor time is not the client's.</summary>
internal sealed class SlowEndpoint : IDisposable
{
    private readonly Process _process;

    private SlowEndpoint(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <param name="behind">Where tables are made and listed.</param>
    /// <param name="milliseconds">How long a put takes.</param>
    public static async Task<SlowEndpoint> StartAsync(Uri behind, int milliseconds)
    {
        var self = Path.Combine(AppContext.BaseDirectory, "Crawl4.Bench.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet",
            ["exec", self, "slow-endpoint", behind.AbsoluteUri, milliseconds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        var address = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false)
            ?? throw new InvalidOperationException("The slow endpoint did not start.");
        return new SlowEndpoint(process, new Uri(address));
    }

    /// <summary>What the process does, until its input ends.</summary>
    public static async Task<int> ServeAsync(Uri behind, int milliseconds)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0));
        var application = builder.Build();
        await using var _ = application.ConfigureAwait(false);
        using var client = new HttpClient { BaseAddress = behind };
        application.Run(context => AnswerAsync(context, client, milliseconds));
        await application.StartAsync().ConfigureAwait(false);
        await Console.Out.WriteLineAsync(application.Urls.Single()).ConfigureAwait(false);
        await Console.In.ReadToEndAsync().ConfigureAwait(false);
        return 0;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task AnswerAsync(HttpContext context, HttpClient client, int milliseconds)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        context.Response.ContentType = "application/x-amz-json-1.0";
        if (target.EndsWith(".PutItem", StringComparison.Ordinal))
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted).ConfigureAwait(false);
            await Task.Delay(milliseconds, context.RequestAborted).ConfigureAwait(false);
            await context.Response.WriteAsync("{}", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StreamContent(context.Request.Body) };
        foreach (var header in context.Request.Headers.Where(header => header.Key is not "Host"))
        {
            _ = request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray())
                || request.Content.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
        }

        using var answer = await client.SendAsync(request, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = (int)answer.StatusCode;
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }
}
