using System.CommandLine;

namespace Crawl4.Cli.Commands;

/// <summary>Options that a script gives with nothing in them, from a variable that is not set.</summary>
internal static class EmptyValue
{
    /// <summary>Refuses an option whose value is empty.</summary>
    /// <param name="option">The option.</param>
    /// <param name="advice">What to do instead.</param>
    public static void Refuse(Option<string?> option, string advice) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && string.IsNullOrWhiteSpace(result.Tokens[0].Value))
        {
            result.AddError($"{option.Name} is empty; {advice}.");
        }
    });
}
