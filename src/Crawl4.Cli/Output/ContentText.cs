namespace Crawl4.Cli.Output;

/// <summary>A page's own text: as it is where a program reads it, made safe where a terminal shows it.</summary>
internal static class ContentText
{
    public static async Task WriteAsync(CliContext context, string content)
    {
        await context.Output.WriteAsync(context.OutputIsTerminal ? PlainText.ForTerminal(content) : content);
        if (!content.EndsWith('\n'))
        {
            await context.Output.WriteLineAsync();
        }
    }
}
