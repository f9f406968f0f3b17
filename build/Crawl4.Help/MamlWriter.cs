using System.Globalization;
using System.Xml.Linq;

namespace Crawl4.Help;

/// <summary>Writes cmdlet help in the XML that Get-Help reads.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Help = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static XDocument Write(IEnumerable<HelpPage> pages) => new(
        new XElement(Help + "helpItems", new XAttribute("schema", "maml"), pages.Select(Write)));

    private static XElement Write(HelpPage page)
    {
        var name = page.Name.Split('-', 2);
        return new XElement(Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(Command + "details",
                new XElement(Command + "name", page.Name),
                new XElement(Command + "verb", name[0]),
                new XElement(Command + "noun", name[1]),
                new XElement(Maml + "description", Para(page.Synopsis))),
            new XElement(Maml + "description", page.Description.Select(Para)),
            new XElement(Command + "syntax", page.Sets.Select(set => Syntax(page, set))),
            new XElement(Command + "parameters",
                page.Parameters.Select(parameter => Parameter(parameter, parameter.Facts[0], inSyntax: false))),
            new XElement(Command + "inputTypes", page.Inputs.Select(type => Type("inputType", type))),
            new XElement(Command + "returnValues", page.Outputs.Select(type => Type("returnValue", type))),
            new XElement(Maml + "alertSet", new XElement(Maml + "alert", page.Notes.Select(Para))),
            new XElement(Command + "examples", page.Examples.Select(Example)),
            new XElement(Command + "relatedLinks", page.Links.Select(Link)));
    }

    private static XElement Para(string text) => new(Maml + "para", text);

    private static XElement Syntax(HelpPage page, string set) => new(Command + "syntaxItem",
        new XElement(Maml + "name", page.Name),
        page.Parameters
            .Select(parameter => (Parameter: parameter, Facts: parameter.In(set)))
            .Where(pair => pair.Facts is not null)
            .OrderBy(pair => int.TryParse(pair.Facts!.Position, CultureInfo.InvariantCulture, out var position) ? position : int.MaxValue)
            .ThenByDescending(pair => pair.Facts!.Required)
            .Select(pair => Parameter(pair.Parameter, pair.Facts!, inSyntax: true)));

    private static XElement Parameter(HelpParameter parameter, ParameterFacts facts, bool inSyntax) => new(
        Command + "parameter",
        new XAttribute("required", facts.Required ? "true" : "false"),
        new XAttribute("variableLength", facts.Type.EndsWith("[]", StringComparison.Ordinal) ? "true" : "false"),
        new XAttribute("globbing", facts.Wildcards == "True" ? "true" : "false"),
        new XAttribute("pipelineInput", facts.PipelineInput),
        new XAttribute("position", facts.Position.ToLowerInvariant()),
        new XAttribute("aliases", facts.Aliases.Count == 0 ? "none" : string.Join(", ", facts.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        new XElement(Maml + "description", parameter.Description.Select(Para)),
        inSyntax && facts.AcceptedValues.Count > 0 ? AcceptedValues(facts) : null,
        // In the syntax a switch is its name alone.
        inSyntax && facts.IsSwitch ? null : new XElement(Command + "parameterValue",
            new XAttribute("required", facts.IsSwitch ? "false" : "true"),
            new XAttribute("variableLength", "false"),
            facts.Type),
        new XElement(Dev + "type", new XElement(Maml + "name", facts.Type), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", facts.Default));

    private static XElement AcceptedValues(ParameterFacts facts) => new(Command + "parameterValueGroup",
        facts.AcceptedValues.Select(value => new XElement(Command + "parameterValue",
            new XAttribute("required", "false"),
            new XAttribute(Command + "variableLength", "false"),
            value)));

    private static XElement Type(string element, HelpType type) => new(Command + element,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Name)),
        new XElement(Maml + "description", type.Description.Select(Para)));

    private static XElement Example(HelpExample example) => new(Command + "example",
        new XElement(Maml + "title", $"-------- {example.Title} --------"),
        new XElement(Dev + "code", example.Code),
        // An empty paragraph parts it from the next one.
        new XElement(Dev + "remarks", example.Remarks.Append("").Select(Para)));

    private static XElement Link(HelpLink link) => new(Maml + "navigationLink",
        new XElement(Maml + "linkText", link.Text),
        new XElement(Maml + "uri", link.Uri));
}
