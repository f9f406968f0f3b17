using System.CommandLine;

namespace Crawl4.Cli.Commands;

/// <summary>--header 'Name: value', any number of times.</summary>
internal sealed class HeaderOption
{
    public HeaderOption() => Option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
        {
            if (!TrySplit(token.Value, out _, out _))
            {
                // The value is not repeated: it may be a password.
                result.AddError("--header needs the form 'Name: value', on one line, with a legal name.");
            }
        }
    });

    public Option<string[]> Option { get; } = new("--header")
    {
        Description = "A header to send. May be given several times.",
        HelpName = "'Name: value'",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The headers. Of several with one name the last one counts.</summary>
    public IReadOnlyDictionary<string, string> Of(ParseResult parsed)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in parsed.GetValue(Option) ?? [])
        {
            if (TrySplit(text, out var name, out var value))
            {
                headers[name] = value;
            }
        }

        return headers;
    }

    private static bool TrySplit(string text, out string name, out string value)
    {
        var colon = text.IndexOf(':');
        name = colon > 0 ? text[..colon].Trim() : "";
        value = colon > 0 ? text[(colon + 1)..].Trim() : "";
        return name.Length > 0 && name.All(IsTokenCharacter) && !value.Any(char.IsControl);
    }

    // RFC 9110, section 5.6.2.
    private static bool IsTokenCharacter(char c) =>
        char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal);
}
