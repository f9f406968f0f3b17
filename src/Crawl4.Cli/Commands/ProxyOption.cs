using System.CommandLine;
using System.Net;

namespace Crawl4.Cli.Commands;

/// <summary>--proxy URL; name and password in it are taken out of it, so that no message shows them.</summary>
internal sealed class ProxyOption
{
    public ProxyOption() => Option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && !TryParse(result.Tokens[0].Value, out _))
        {
            result.AddError("--proxy needs an http, https or socks5 URL, such as http://proxy.example.com:8080.");
        }
    });

    public Option<string?> Option { get; } = new("--proxy")
    {
        Description = "The proxy to go through: http, https or socks5.",
        HelpName = "URL",
    };

    public (Uri? Proxy, NetworkCredential? Credential) Of(ParseResult parsed)
    {
        if (parsed.GetValue(Option) is not { } text || !TryParse(text, out var proxy))
        {
            return (null, null);
        }

        if (proxy.UserInfo.Length == 0)
        {
            return (proxy, null);
        }

        var parts = proxy.UserInfo.Split(':', 2);
        var credential = new NetworkCredential(
            Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        return (new UriBuilder(proxy) { UserName = "", Password = "" }.Uri, credential);
    }

    private static bool TryParse(string text, out Uri proxy) =>
        Uri.TryCreate(text, UriKind.Absolute, out proxy!)
        && proxy.Scheme is ("http" or "https" or "socks5")
        && proxy.Host.Length > 0;
}
