using Spectre.Console;

namespace Crawl4.Cli.Output;

/// <summary>Names and values beneath each other.</summary>
internal sealed class FigureList(CliContext context)
{
    private readonly List<(string Name, string Value)> _lines = [];

    public void Add(string name, string value) => _lines.Add((name, PlainText.OneLine(value)));

    public async Task WriteAsync()
    {
        var width = _lines.Max(line => line.Name.GetCellWidth());
        foreach (var (name, value) in _lines)
        {
            await context.Output.WriteLineAsync($"{name.PadRight(width)}  {value}");
        }
    }
}
