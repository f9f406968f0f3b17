using System.Text.Json;
using Crawl4.Core.Fetching;

namespace Crawl4.Core.LanguageModels.Calling;

/// <summary>Turns what the endpoint answered, or did not, into an error that names the cause, without the key.</summary>
internal sealed class ModelFailures(ModelEndpoint endpoint, ApiKey key)
{
    /// <summary>Characters of the endpoint's own words that a message shows.</summary>
    private const int MaxShown = 300;

    private const string CheckKey =
        "Check the key, what it is allowed to do, and whether its quota or credit is used up.";

    /// <summary>Why a request failed, or null where it did not.</summary>
    public Crawl4Error? Of(FetchedPage page)
    {
        if (page.Error is not { } error)
        {
            return null;
        }

        var said = WordsOf(page.Content);
        var what = said.Length == 0 ? "" : $": {said}";
        var status = page.StatusCode;
        return error.Code switch
        {
            Crawl4ErrorCode.EgressForbidden => error with { Advice = "Allow private addresses for this endpoint." },
            Crawl4ErrorCode.TooManyRedirects => Error(
                Crawl4ErrorCode.ModelForbidden, $"redirects ({status}), which is not followed with a key",
                "Give the address that the endpoint redirects to."),
            Crawl4ErrorCode.PageTooLarge => Error(
                Crawl4ErrorCode.ModelAnswerInvalid, $"answered with more than {endpoint.MaxAnswerBytes:N0} bytes"),
            Crawl4ErrorCode.PageUnreadable =>
                Error(Crawl4ErrorCode.ModelAnswerInvalid, "answered with something that cannot be read"),
            Crawl4ErrorCode.PageTimeout or Crawl4ErrorCode.PageUnreachable =>
                Error(Crawl4ErrorCode.ModelUnavailable, $"could not be asked: {error.Message}"),
            _ when status is 401 or 402 or 403 or 404 or 405 or 407 =>
                Error(Crawl4ErrorCode.ModelForbidden, $"does not let us ask ({status}){what}", CheckKey),
            _ when status == 429 && RetryRules.IsQuotaUsedUp(page) =>
                Error(Crawl4ErrorCode.ModelForbidden, $"does not let us ask ({status}){what}", CheckKey),
            _ when status is 408 or 409 or 425 or 429 or >= 500 =>
                Error(Crawl4ErrorCode.ModelUnavailable, $"cannot answer for now ({status}){what}"),
            _ => Error(Crawl4ErrorCode.ModelRefused, $"refused the question ({status}){what}"),
        };
    }

    /// <summary>The question's time was up.</summary>
    public Crawl4Error Late(string url) => new(
        Crawl4ErrorCode.ModelUnavailable,
        $"The model {endpoint.Model} gave no answer within {endpoint.TotalTimeout.TotalSeconds:0.###} s, retries included.",
        url);

    private Crawl4Error Error(Crawl4ErrorCode code, string what, string? advice = null)
    {
        var message = key.BlotMessage($"The model {endpoint.Model} at {endpoint.BaseUrl} {what}").TrimEnd('.') + ".";
        var error = new Crawl4Error(code, message, endpoint.BaseUrl);
        return advice is null ? error : error with { Advice = advice };
    }

    /// <summary>What the endpoint says of its error, in the places where endpoints say it: <c>error.message</c>,
    /// <c>error</c>, <c>message</c>, <c>detail</c>.</summary>
    private string WordsOf(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var words = Text(root, "error") ?? Text(root, "message") ?? Text(root, "detail") ?? "";
            return OneLine(key.BlotMessage(words));
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            return OneLine(key.BlotMessage(body));
        }
    }

    private static string? Text(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Object => Text(value, "message") ?? Text(value, "code") ?? value.GetRawText(),
            _ => value.GetRawText(),
        };
    }

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = new string([.. line.Select(each => char.IsControl(each) ? '?' : each)]);
        return line.Length <= MaxShown ? line : line[..MaxShown] + "...";
    }
}
