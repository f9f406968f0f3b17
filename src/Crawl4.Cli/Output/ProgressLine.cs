namespace Crawl4.Cli.Output;

/// <summary>One line on the terminal that is written over and over, while the output goes elsewhere. Where the
/// output is shown itself, it is the progress.</summary>
/// <param name="context">Where to.</param>
/// <param name="quiet">True where nobody wants it.</param>
/// <param name="alone">True where the output is no progress: little or nothing is written to it before the end.</param>
internal sealed class ProgressLine(CliContext context, bool quiet, bool alone = false)
{
    private const string ToLineStart = "\r\u001b[K";
    private readonly bool _enabled =
        context.ErrorIsTerminal && (alone || !context.OutputIsTerminal) && context.HasControlSequences && !quiet;

    private bool _shown;

    public async Task ShowAsync(string text)
    {
        if (_enabled)
        {
            _shown = true;
            await context.Error.WriteAsync(ToLineStart + TextFit.Clip(text, context.Width - 1));
            await context.Error.FlushAsync();
        }
    }

    public async Task ClearAsync()
    {
        if (_shown)
        {
            _shown = false;
            await context.Error.WriteAsync(ToLineStart);
            await context.Error.FlushAsync();
        }
    }
}
