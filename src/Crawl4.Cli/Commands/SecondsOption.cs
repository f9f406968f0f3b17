using System.CommandLine;
using System.Globalization;

namespace Crawl4.Cli.Commands;

/// <summary>An option whose value is a number of seconds, such as 90 or 0.5.</summary>
internal static class SecondsOption
{
    /// <summary>A hundred years: what is meant to be "for ever" fits, and no sum with a date overflows.</summary>
    private const double MaxSeconds = 100 * 365.25 * 24 * 3600;

    public static Option<TimeSpan?> Create(string name, string description, bool allowZero) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var isNumber = double.TryParse(
                text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds);
            if (isNumber && seconds <= MaxSeconds && (seconds > 0 || allowZero))
            {
                return TimeSpan.FromSeconds(seconds);
            }

            var least = allowZero ? "0 or more" : "more than 0";
            result.AddError($"{name} is '{text}'; give a number of seconds, {least}.");
            return null;
        },
    };
}
