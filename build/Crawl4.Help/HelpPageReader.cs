using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Crawl4.Help;

/// <summary>Reads a cmdlet's page in platyPS form. A page that lacks something stops the build: help that is half
/// there is found by nobody until it is needed.</summary>
internal static class HelpPageReader
{
    /// <summary>The Markdown that pages are written in.</summary>
    public static readonly MarkdownPipeline Form = new MarkdownPipelineBuilder()
        .UseYamlFrontMatter()
        .UsePipeTables()
        .Build();

    private const string CommonParameters = "CommonParameters";
    private const string DefaultMark = " (Default)";

    public static HelpPage Read(string name, string markdown)
    {
        var blocks = Markdown.Parse(markdown, Form).Where(block => block is not YamlFrontMatterBlock).ToList();
        var title = Sections(name, blocks, level: 1).Single();
        if (title.Title != name)
        {
            throw Problem(name, $"The title is '{title.Title}', the file is named '{name}'.");
        }

        var sections = Sections(name, title.Blocks, level: 2).ToDictionary(section => section.Title);
        Section Of(string section) => sections.TryGetValue(section, out var found)
            ? found
            : throw Problem(name, $"There is no section '## {section}'.");

        return new HelpPage(name)
        {
            Synopsis = string.Join(" ", PlainText.Of(Of("SYNOPSIS").Blocks)),
            Description = [.. PlainText.Of(Of("DESCRIPTION").Blocks)],
            Sets = [.. SetsOf(name, Of("SYNTAX"))],
            Examples = [.. Sections(name, Of("EXAMPLES").Blocks, 3).Select(section => ExampleOf(name, section))],
            Parameters = [.. Sections(name, Of("PARAMETERS").Blocks, 3)
                .Where(section => section.Title != CommonParameters)
                .Select(section => ParameterOf(name, section))],
            Inputs = [.. Sections(name, Of("INPUTS").Blocks, 3).Select(TypeOf)],
            Outputs = [.. Sections(name, Of("OUTPUTS").Blocks, 3).Select(TypeOf)],
            Notes = [.. PlainText.Of(Of("NOTES").Blocks)],
            Links = [.. LinksOf(Of("RELATED LINKS"))],
        };
    }

    private static HelpPageException Problem(string name, string message) => new(name + ".md", message);

    private static IEnumerable<Section> Sections(string name, IReadOnlyList<Block> blocks, int level)
    {
        Section? current = null;
        foreach (var block in blocks)
        {
            if (block is HeadingBlock heading && heading.Level == level)
            {
                if (current is not null)
                {
                    yield return current;
                }

                current = new Section(PlainText.Of(heading.Inline), []);
            }
            else if (current is null)
            {
                throw Problem(name, $"Line {block.Line + 1} stands before the first heading of level {level}.");
            }
            else
            {
                current.Blocks.Add(block);
            }
        }

        if (current is not null)
        {
            yield return current;
        }
    }

    private static IEnumerable<string> SetsOf(string name, Section syntax)
    {
        // With one set there is no heading, and its name does not matter.
        if (!syntax.Blocks.OfType<HeadingBlock>().Any())
        {
            return [""];
        }

        return Sections(name, syntax.Blocks, 3)
            .OrderByDescending(section => section.Title.EndsWith(DefaultMark, StringComparison.Ordinal))
            .Select(section => section.Title.Replace(DefaultMark, "", StringComparison.Ordinal));
    }

    private static HelpExample ExampleOf(string name, Section section) =>
        section.Blocks.FirstOrDefault() is FencedCodeBlock code
            ? new HelpExample(section.Title, PlainText.CodeOf(code), [.. PlainText.Of(section.Blocks.Skip(1))])
            : throw Problem(name, $"'{section.Title}' does not start with its code.");

    private static HelpParameter ParameterOf(string name, Section section)
    {
        var facts = section.Blocks.OfType<FencedCodeBlock>().Where(code => code.Info == "yaml").ToList();
        return section.Title.StartsWith('-') && facts.Count > 0
            ? new HelpParameter(
                section.Title[1..],
                [.. PlainText.Of(section.Blocks.Where(block => !facts.Contains(block)))],
                [.. facts.Select(FactsOf)])
            : throw Problem(name, $"'### {section.Title}' is not a parameter with a yaml block.");
    }

    private static ParameterFacts FactsOf(FencedCodeBlock yaml) => new(PlainText.CodeOf(yaml)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
        .Where(pair => pair.Length == 2)
        .ToDictionary(pair => pair[0], pair => pair[1]));

    private static HelpType TypeOf(Section section) => new(section.Title, [.. PlainText.Of(section.Blocks)]);

    private static IEnumerable<HelpLink> LinksOf(Section section) => section.Blocks
        .OfType<LeafBlock>()
        .SelectMany(block => block.Inline?.Descendants<LinkInline>() ?? [])
        .Select(link => new HelpLink(
            PlainText.Of((ContainerInline)link),
            link.Url is { } url && url.Contains("://", StringComparison.Ordinal) ? url : ""));

    private sealed record Section(string Title, List<Block> Blocks);
}
