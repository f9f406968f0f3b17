using System.CommandLine;

namespace Crawl4.Cli.Commands;

/// <summary>An option whose value is one of a few words.</summary>
internal static class ChoiceOption
{
    /// <summary>Makes the option.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="words">The words that are offered; any spelling of theirs is understood.</param>
    public static Option<T?> Create<T>(string name, string description, params string[] words)
        where T : struct, Enum
    {
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (ChoiceText.TryParse<T>(text, out var choice)
                    && words.Any(word => ChoiceText.TryParse<T>(word, out var known) && known.Equals(choice)))
                {
                    return choice;
                }

                result.AddError($"{name} is '{text}'; give {string.Join(", ", words.SkipLast(1))} or {words[^1]}.");
                return null;
            },
        };
        option.CompletionSources.Add(words);
        return option;
    }
}
