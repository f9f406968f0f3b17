using System.CommandLine;
using Crawl4.Core;
using Crawl4.Core.Rollout;

namespace Crawl4.Cli.Commands;

/// <summary>What of a rollout is to be changed.</summary>
internal sealed class RolloutChangeOptions
{
    private const string NoStore = "none";

    private readonly Argument<string?> _percent = new("PERCENT")
    {
        Description = "The share of reads that DynamoDB answers, 0 to 100.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<RolloutStage?> _stage = ChoiceOption.Create<RolloutStage>(
        "--stage", "How far the move goes.", Enum.GetNames<RolloutStage>());

    private readonly Option<string?> _force = new("--force")
    {
        Description = "The store that answers every read, whatever the percentage; 'none' ends that.",
        HelpName = "SQLite|DynamoDB|none",
    };

    private readonly Option<string[]> _allow = Hosts("--allow", "Hosts that DynamoDB answers at every percentage.");
    private readonly Option<string[]> _deny = Hosts("--deny", "Hosts that SQLite answers at every percentage.");
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, for the history.", HelpName = "TEXT" };

    public void AddTo(Command command)
    {
        command.Add(_percent);
        command.Add(_stage);
        command.Add(_force);
        command.Add(_allow);
        command.Add(_deny);
        command.Add(_reason);
        _force.CompletionSources.Add("SQLite", "DynamoDB", NoStore);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_percent) is null && result.Valid(_stage) is null && result.Valid(_force) is null
                && result.GetResult(_allow) is null && result.GetResult(_deny) is null)
            {
                result.AddError("Nothing to change; give a percentage, --stage, --force, --allow or --deny.");
            }
        });
    }

    public RolloutChange Of(ParseResult parsed)
    {
        var force = parsed.GetValue(_force);
        return new RolloutChange
        {
            Percentage = parsed.GetValue(_percent) is { } text ? RolloutPercentage.Parse(text, "PERCENT") : null,
            Stage = parsed.GetValue(_stage),
            Force = force is null || IsNone(force) ? null : StoreOf(force),
            ClearForce = force is not null && IsNone(force),
            Allow = Patterns(parsed, _allow),
            Deny = Patterns(parsed, _deny),
            Reason = parsed.GetValue(_reason) ?? "",
        };
    }

    private static bool IsNone(string text) => string.Equals(text, NoStore, StringComparison.OrdinalIgnoreCase);

    private static RolloutStore StoreOf(string text) =>
        ChoiceText.TryParse<RolloutStore>(text, out var store) ? store
            : throw new WrongUsageException($"--force is '{text}'; give SQLite, DynamoDB or none.");

    /// <summary>An empty text takes all of them away.</summary>
    private static HostPattern[]? Patterns(ParseResult parsed, Option<string[]> option) =>
        parsed.GetResult(option) is null ? null
            : [.. parsed.GetValue(option)!.Where(text => text.Length > 0)
                .Select(text => HostPattern.Parse(text, option.Name))];

    private static Option<string[]> Hosts(string name, string description) => new(name)
    {
        Description = description + " An empty text ends that.",
        HelpName = "HOST",
        AllowMultipleArgumentsPerToken = true,
    };
}
