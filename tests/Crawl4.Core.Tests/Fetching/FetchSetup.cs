using System.Net;
using System.Net.Sockets;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;
using Crawl4.Core.Fetching.Egress;

namespace Crawl4.Core.Tests.Fetching;

internal static class FetchSetup
{
    public static readonly HttpFetchOptions ShellOptions = new() { Egress = EgressPolicy.Shell };

    public static HttpPageFetcher Fetcher(
        HttpFetchOptions? options = null,
        TimeProvider? time = null,
        IEventSink? events = null,
        IHostResolver? resolver = null) => new(
            options ?? ShellOptions,
            time ?? TimeProvider.System,
            events ?? NullEventSink.Instance,
            resolver ?? SystemHostResolver.Instance);

    public static async Task<FetchedPage> FetchAsync(string url, HttpFetchOptions? options = null)
    {
        using var fetcher = Fetcher(options);
        return await fetcher.FetchAsync(new FetchRequest { Url = url }, CancellationToken.None);
    }

    public static Task<FetchedPage> GetAsync(this HttpPageFetcher fetcher, string url) =>
        fetcher.FetchAsync(new FetchRequest { Url = url }, CancellationToken.None);
}

/// <summary>Answers names from a list, one list of addresses after the other, the last for ever.</summary>
internal sealed class ScriptedResolver(params string[] answers) : IHostResolver
{
    private int _asked;

    public int Asked => _asked;

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
        {
            return Task.FromResult<IPAddress[]>([literal]);
        }

        var answer = answers.Length == 0
            ? ""
            : answers[Math.Min(Interlocked.Increment(ref _asked), answers.Length) - 1];
        return answer.Length == 0
            ? throw new SocketException((int)SocketError.HostNotFound)
            : Task.FromResult<IPAddress[]>([.. answer.Split(' ').Select(IPAddress.Parse)]);
    }
}
