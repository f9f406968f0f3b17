using System.Xml.Linq;
using Crawl4.Help;

namespace Crawl4.PowerShell.Tests.Help;

public class HelpPageReaderTests
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    [Fact]
    public void Read_PageWithoutASection_SaysWhich()
    {
        var problem = Assert.Throws<HelpPageException>(() => HelpPageReader.Read("Get-Thing", "# Get-Thing\n\n## SYNOPSIS\nText.\n\n## DESCRIPTION\nText."));
        Assert.Contains("SYNTAX", problem.Message, StringComparison.Ordinal);
        Assert.Equal("Get-Thing.md", problem.File);
    }

    [Fact]
    public void Read_PageOfAnotherName_IsRefused() =>
        Assert.Throws<HelpPageException>(() => HelpPageReader.Read("Get-Thing", "# Get-Other\n\n## SYNOPSIS\nText."));

    [Fact]
    public void Write_TwoParameterSets_GivesEachItsOwnSyntax()
    {
        var page = new HelpPage("Get-Thing")
        {
            Sets = ["One", "Two"],
            Parameters = [Parameter("Alpha", "One"), Parameter("Beta", "Two"), Parameter("Both", "(All)")],
        };
        var items = MamlWriter.Write([page]).Descendants(Command + "syntaxItem")
            .Select(item => string.Join(",", item.Elements(Command + "parameter").Select(p => p.Elements().First().Value)));
        Assert.Equal(["Alpha,Both", "Beta,Both"], items);
    }

    [Fact]
    public void AboutTopic_LongParagraphsAndTables_FitEightyColumns()
    {
        var text = AboutTopic.Write("about_Thing", "# about_Thing\n\n## Long description\n" + string.Join(' ', Enumerable.Repeat("word", 200))
            + "\n\n- " + string.Join(' ', Enumerable.Repeat("item", 60)) + "\n\n| A | B |\n|---|---|\n| one | `two` |\n");
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains("        one  two", text, StringComparison.Ordinal);
    }

    private static HelpParameter Parameter(string name, string sets) => new(
        name, ["Text."], [new ParameterFacts(new Dictionary<string, string> { ["Type"] = "String", ["Parameter Sets"] = sets })]);
}
