using System.Net.Http;
using System.Text;

namespace Crawl4.Core.Fetching.Exchange;

/// <summary>How far a fetch has come: what a page says of itself when the fetch fails half-way.</summary>
internal sealed class FetchProgress(string finalUrl)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public string FinalUrl { get; set; } = finalUrl;

    public int? StatusCode { get; private set; }

    public int RedirectCount { get; set; }

    public IReadOnlyDictionary<string, string> Headers { get; private set; } =
        new Dictionary<string, string>();

    /// <summary>A new request is on its way: what the last answer said no longer counts.</summary>
    public void Asking(Uri uri)
    {
        FinalUrl = FetchUrl.WithoutCredentials(uri);
        StatusCode = null;
        Headers = new Dictionary<string, string>();
    }

    /// <summary>Keeps status and headers. Names keep the case they came in, except that
    /// those which .NET knows have their usual one; values of one name are joined by a
    /// comma and a space, those of Set-Cookie by a line feed, since its values have commas of their
    /// own.</summary>
    public void Answered(HttpResponseMessage response)
    {
        StatusCode = (int)response.StatusCode;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var received = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated);
        foreach (var (name, values) in received)
        {
            var separator = name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase) ? "\n" : ", ";
            headers[name] = Text(string.Join(separator, values));
        }

        Headers = headers;
    }

    public string Header(string name) => Headers.TryGetValue(name, out var value) ? value : "";

    /// <summary>Header bytes arrive as Latin-1. Those that are UTF-8 were meant as UTF-8.</summary>
    private static string Text(string latin1)
    {
        if (!latin1.AsSpan().ContainsAnyInRange('\u0080', '\u00ff'))
        {
            return latin1;
        }

        try
        {
            return StrictUtf8.GetString(Encoding.Latin1.GetBytes(latin1));
        }
        catch (DecoderFallbackException)
        {
            return latin1;
        }
    }
}
