using System.Management.Automation;
using Crawl4.Help;
using Crawl4.PowerShell.Tests.Commands;

namespace Crawl4.PowerShell.Tests.Help;

/// <summary>The pages say what the assembly does: nothing missing, nothing stale.</summary>
public class HelpPagesTests
{
    private const int LeastExamples = 3;
    private static readonly string Folder = Path.Combine(Requirement.RepositoryRoot, "docs", "en-US");

    public static TheoryData<string> Cmdlets => [.. CmdletMetadata.All.Select(cmdlet => cmdlet.Name)];

    [Fact]
    public void Pages_AreThere_ForExactlyTheCmdlets() => Assert.Equal(
        CmdletMetadata.All.Select(cmdlet => cmdlet.Name).Order(),
        Directory.EnumerateFiles(Folder, "*-*.md").Select(Path.GetFileNameWithoutExtension).Order());

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Page_HasWhatAReaderLooksFor(string name)
    {
        var page = Read(name);
        Assert.NotEmpty(page.Synopsis);
        Assert.NotEmpty(page.Description);
        Assert.True(page.Examples.Count >= LeastExamples, $"{page.Examples.Count} examples");
        Assert.NotEmpty(page.Inputs);
        Assert.NotEmpty(page.Outputs);
        Assert.NotEmpty(page.Notes);
        Assert.NotEmpty(page.Links);
        Assert.All(page.Parameters, parameter => Assert.NotEmpty(string.Concat(parameter.Description)));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Page_DescribesEveryParameter_AsItIs(string name)
    {
        var cmdlet = CmdletMetadata.All.Single(one => one.Name == name);
        var implied = cmdlet.SupportsShouldProcess ? new[] { "WhatIf", "Confirm" } : [];
        var page = Read(name);
        Assert.Equal(
            cmdlet.Parameters.Select(parameter => parameter.Name).Concat(implied).Order(),
            page.Parameters.Select(parameter => parameter.Name).Order());
        Assert.All(cmdlet.Parameters, parameter =>
        {
            var facts = page.Parameters.Single(one => one.Name == parameter.Name).Facts.Single();
            Assert.Equal(Describe(parameter), Describe(facts));
        });
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Page_ListsTheParameterSets(string name)
    {
        var cmdlet = CmdletMetadata.All.Single(one => one.Name == name);
        var page = Read(name);
        if (cmdlet.Sets.Count > 1)
        {
            Assert.Equal(cmdlet.Sets.Order(), page.Sets.Order());
            Assert.Equal(CmdletMetadata.Named(cmdlet.Cmdlet, "DefaultParameterSetName"), page.Sets[0]);
        }
        else
        {
            Assert.Equal([""], page.Sets);
        }
    }

    [Fact]
    public void Syntax_OfEveryPage_NamesEveryParameter() => Assert.All(CmdletMetadata.All, cmdlet =>
    {
        var syntax = File.ReadAllText(Path.Combine(Folder, cmdlet.Name + ".md"))
            .Split("## SYNTAX", 2)[1].Split("## DESCRIPTION", 2)[0];
        Assert.All(cmdlet.Parameters, parameter => Assert.Contains("-" + parameter.Name, syntax, StringComparison.Ordinal));
    });

    private static HelpPage Read(string name) =>
        HelpPageReader.Read(name, File.ReadAllText(Path.Combine(Folder, name + ".md")));

    private static string Describe(CmdletParameter parameter) => string.Join(
        "; ", parameter.TypeName, Join(parameter.Aliases), Join(parameter.AcceptedValues), parameter.Mandatory,
        parameter.Position is >= 0 and var position ? position.ToString(System.Globalization.CultureInfo.InvariantCulture) : "Named",
        parameter switch
        {
            { FromPropertyName: true, FromPipeline: true } => "True (ByPropertyName, ByValue)",
            { FromPropertyName: true } => "True (ByPropertyName)",
            { FromPipeline: true } => "True (ByValue)",
            _ => "False",
        },
        Join(parameter.Sets.Select(set => set == ParameterAttribute.AllParameterSets ? "(All)" : set)));

    private static string Describe(ParameterFacts facts) => string.Join(
        "; ", facts.Type, Join(facts.Aliases), Join(facts.AcceptedValues), facts.Required, facts.Position,
        facts.PipelineInput, facts.Values["Parameter Sets"]);

    private static string Join(IEnumerable<string> texts) => string.Join(", ", texts);
}
