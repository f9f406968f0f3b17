using System.CommandLine;
using Crawl4.Core.Rollout;

namespace Crawl4.Cli.Commands;

/// <summary>The percentages that a rollout goes through.</summary>
internal static class StepsOption
{
    private const string Name = "--steps";

    public static Option<string?> Create() => new(Name)
    {
        Description = $"The percentages that are gone through. Default: {string.Join(',', GuardLimits.Default.Steps)}.",
        HelpName = "P,P,...",
    };

    public static IReadOnlyList<RolloutPercentage> Of(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { Length: > 0 } text ? GuardLimits.Default.Steps
            : [.. text.Split(',').Select(step => RolloutPercentage.Parse(step, Name))];
}
