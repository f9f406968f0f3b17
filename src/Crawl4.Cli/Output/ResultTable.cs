using System.Globalization;
using System.Text;
using Crawl4.Core.Crawling;
using Spectre.Console;

namespace Crawl4.Cli.Output;

/// <summary>Results as a table that fits the terminal.</summary>
internal static class ResultTable
{
    private const int Gap = 2;

    // The title takes what is left of the line.
    private static readonly (string Name, int Width, bool IsNumber)[] Columns =
    [
        ("Code", 4, true),
        ("Cache", 5, false),
        ("Size", 7, true),
        ("Time", 8, true),
        ("Page", 23, false),
    ];

    public static string Of(CliContext context, IReadOnlyList<CrawlResult> results, Func<string, string> pathOf)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var (name, width, isNumber) in Columns)
        {
            var header = new Text(name, new Style(decoration: Decoration.Bold));
            var column = new TableColumn(header) { Width = width, Padding = new Padding(0, 0, Gap, 0) };
            table.AddColumn(isNumber ? column.RightAligned() : column);
        }

        // One column less than there are: a line that fills the terminal is broken by some.
        var titleWidth = context.Width - 1 - Columns.Sum(column => column.Width + Gap);
        table.AddColumn(new TableColumn(new Text("Title", new Style(decoration: Decoration.Bold))).PadRight(0));
        foreach (var result in results)
        {
            var cells = CellsOf(result, pathOf(result.Url));
            var style = result.Success ? Style.Plain : new Style(Color.Red);
            table.AddRow(
            [
                .. cells.Zip(Columns, (text, column) => new Text(TextFit.Clip(text, column.Width), style)),
                new Text(TextFit.Clip(PageWords.Title(result), titleWidth), style),
            ]);
        }

        return Rendered(context, table);
    }

    private static string[] CellsOf(CrawlResult result, string path) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{result.StatusCode}"),
        result.Success ? PageWords.Cache(result) : "none",
        Figures.Size(Encoding.UTF8.GetByteCount(result.Html)),
        Figures.Milliseconds(result.Elapsed),
        PlainText.OneLine(path),
    ];

    // Rendered to text first, so that all that is printed goes through one writer.
    private static string Rendered(CliContext context, Table table)
    {
        var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = context.HasColour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = context.HasColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = context.Width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(table);
        return string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd()));
    }
}
