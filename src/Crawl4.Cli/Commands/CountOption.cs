using System.CommandLine;
using System.Globalization;

namespace Crawl4.Cli.Commands;

/// <summary>An option whose value is a whole number within limits.</summary>
internal static class CountOption
{
    public static Option<int?> Create(string name, string description, int max = int.MaxValue, int min = 1) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count >= min && count <= max)
            {
                return count;
            }

            result.AddError($"{name} is '{text}'; give a whole number from {min} to {max}.");
            return null;
        },
    };
}
