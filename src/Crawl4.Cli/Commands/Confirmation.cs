using System.CommandLine;

namespace Crawl4.Cli.Commands;

/// <summary>Nothing is deleted by the way: a person is asked, a script says --yes.</summary>
internal sealed class Confirmation(CliContext context)
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };

    public void AddTo(Command command) => command.Add(_yes);

    /// <summary>Refuses at once where nobody can be asked, before anything is opened or counted.</summary>
    public void RequireAnswerable(ParseResult parsed)
    {
        if (!parsed.GetValue(_yes) && !context.CanAsk)
        {
            throw new WrongUsageException(
                "This deletes what is stored, and there is no terminal to ask on. Add --yes if that is meant.");
        }
    }

    public async Task<bool> IsGivenAsync(ParseResult parsed, string question, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_yes))
        {
            return true;
        }

        await context.Output.FlushAsync(cancellationToken);
        await context.Error.WriteAsync($"{question} [y/N] ");
        await context.Error.FlushAsync(cancellationToken);
        var given = await AnswerAsync(cancellationToken) is "y" or "yes";
        if (!given)
        {
            await context.Error.WriteLineAsync("Nothing was removed.");
        }

        return given;
    }

    private async Task<string?> AnswerAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A terminal's read does not end when it is cancelled: it is left behind, and ends with the process.
            var line = await context.Input.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken);
            return line?.Trim().ToLowerInvariant();
        }
        catch (OperationCanceledException)
        {
            await context.Error.WriteLineAsync();
            throw;
        }
    }
}
