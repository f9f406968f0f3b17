using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Crawl4.Testing;

/// <summary>What befalls a request to DynamoDB.</summary>
public enum Fault
{
    None,

    /// <summary>Refused: too much for the table.</summary>
    Throughput,

    /// <summary>Refused: too many requests.</summary>
    Throttling,

    /// <summary>The server's own fault, after nothing was done.</summary>
    InternalError,

    /// <summary>The connection is cut before the request is carried out.</summary>
    CutBefore,

    /// <summary>The request is carried out and its answer lost.</summary>
    LostAnswer,

    /// <summary>Carried out, but answered with a server's error.</summary>
    ErrorAfter,

    /// <summary>Some items of a batch are left over, or all where only one was asked for.</summary>
    Unprocessed,

    /// <summary>No answer until the caller gives up.</summary>
    Hang,

    /// <summary>The request is carried out, and then there is no answer until the caller gives up.</summary>
    HangAfter,
}

/// <summary>Stands before a DynamoDB endpoint on loopback and does to each request what a plan says.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();
    private readonly Uri _target;
    private readonly Func<string, Fault> _plan;
    private readonly Lock _gate = new();
    private readonly List<(string Action, Fault Fault)> _log = [];
    private int _underWay;
    private int _mostUnderWay;

    private FaultProxy(WebApplication app, Uri target, Func<string, Fault> plan)
    {
        _app = app;
        _target = target;
        _plan = plan;
    }

    public Uri Endpoint { get; private set; } = new("http://127.0.0.1/");

    /// <summary>What was asked and what befell it, in order.</summary>
    public IReadOnlyList<(string Action, Fault Fault)> Log
    {
        get
        {
            lock (_gate)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>How many requests were here at the same time at most.</summary>
    public int MostUnderWay => Volatile.Read(ref _mostUnderWay);

    /// <summary>Starts a proxy.</summary>
    /// <param name="target">The endpoint behind it.</param>
    /// <param name="plan">Says for each action, such as PutItem, what befalls it; called one at a time.</param>
    public static async Task<FaultProxy> StartAsync(Uri target, Func<string, Fault> plan)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var proxy = new FaultProxy(app, target, plan);
        app.Run(proxy.ServeAsync);
        await app.StartAsync();
        proxy.Endpoint = new Uri(app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var action = context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
        Fault fault;
        lock (_gate)
        {
            fault = _plan(action);
            _log.Add((action, fault));
            _mostUnderWay = Math.Max(_mostUnderWay, ++_underWay);
        }

        try
        {
            await ServeAsync(context, action, fault);
        }
        finally
        {
            lock (_gate)
            {
                _underWay--;
            }
        }
    }

    private async Task ServeAsync(HttpContext context, string action, Fault fault)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        switch (fault)
        {
            case Fault.Throughput:
                await FailAsync(context, 400, "ProvisionedThroughputExceededException");
                break;
            case Fault.Throttling:
                await FailAsync(context, 400, "ThrottlingException");
                break;
            case Fault.InternalError:
                await FailAsync(context, 500, "InternalServerError");
                break;
            case Fault.CutBefore:
                context.Abort();
                break;
            case Fault.Hang:
                await HangAsync(context);
                break;
            case Fault.Unprocessed when action is "BatchGetItem" or "BatchWriteItem":
                await LeaveOverAsync(context, action, body.ToArray());
                break;
            default:
                await ForwardAsync(context, body.ToArray(), fault);
                break;
        }
    }

    private async Task ForwardAsync(HttpContext context, byte[] body, Fault fault)
    {
        // What was begun is carried out, whether or not the caller still waits.
        using var answer = await SendAsync(context, body);
        var content = await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
        switch (fault)
        {
            case Fault.LostAnswer:
                context.Abort();
                break;
            case Fault.ErrorAfter:
                await FailAsync(context, 500, "InternalServerError");
                break;
            case Fault.HangAfter:
                await HangAsync(context);
                break;
            default:
                context.Response.StatusCode = (int)answer.StatusCode;
                context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
                foreach (var name in new[] { "x-amz-crc32", "x-amzn-RequestId" })
                {
                    if (answer.Headers.TryGetValues(name, out var values))
                    {
                        context.Response.Headers[name] = values.ToArray();
                    }
                }

                context.Response.ContentLength = content.Length;
                await context.Response.Body.WriteAsync(content);
                break;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContext context, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _target) { Content = new ByteArrayContent(body) };
        foreach (var (name, values) in context.Request.Headers)
        {
            if (name is "Host" or "Content-Length")
            {
                continue;
            }

            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return await _client.SendAsync(request, CancellationToken.None);
    }

    /// <summary>Carries out the first half of a batch and gives the other half back, as DynamoDB does under
    /// load.</summary>
    private async Task LeaveOverAsync(HttpContext context, string action, byte[] body)
    {
        var request = JsonNode.Parse(body)!;
        var (table, asked) = request["RequestItems"]!.AsObject().First();
        var isGet = action == "BatchGetItem";
        var all = (isGet ? asked!["Keys"]! : asked!).AsArray();
        var done = all.Count / 2;
        var left = new JsonArray();
        while (all.Count > done)
        {
            var last = all[^1]!;
            all.RemoveAt(all.Count - 1);
            left.Add(last);
        }

        var answer = new JsonObject();
        if (all.Count > 0)
        {
            using var forwarded = await SendAsync(context, Encoding.UTF8.GetBytes(request.ToJsonString()));
            answer = JsonNode.Parse(await forwarded.Content.ReadAsStringAsync(CancellationToken.None))!.AsObject();
        }

        JsonNode rest = left;
        if (isGet)
        {
            var keys = asked!.DeepClone();
            keys["Keys"] = left;
            rest = keys;
        }

        answer[isGet ? "UnprocessedKeys" : "UnprocessedItems"] = new JsonObject { [table] = rest };
        await AnswerAsync(context, 200, answer);
    }

    private static async Task HangAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(() => gone.TrySetResult());
        await gone.Task;
    }

    private static Task FailAsync(HttpContext context, int status, string code) => AnswerAsync(context, status, new JsonObject
    {
        ["__type"] = "com.amazonaws.dynamodb.v20120810#" + code, ["message"] = "injected: " + code,
    });

    private static async Task AnswerAsync(HttpContext context, int status, JsonObject answer)
    {
        var bytes = Encoding.UTF8.GetBytes(answer.ToJsonString());
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes);
    }
}
