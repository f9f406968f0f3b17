using System.CommandLine;
using Crawl4.Core.Crawling;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Cli.Commands;

/// <summary>What data is extracted: by a schema, or by patterns.</summary>
internal sealed class ExtractionArguments
{
    private readonly Option<string?> _schema = new("--schema")
    {
        Description = "Extract what this JSON schema of Crawl4AI's describes.",
        HelpName = "FILE",
    };

    private readonly Option<SchemaKind?> _kind = ChoiceOption.Create<SchemaKind>(
        "--schema-kind", "How the schema's selectors are written. Default: css.", "css", "lxml", "xpath");

    private readonly Option<string[]> _patterns = new("--pattern")
    {
        Description = "Extract what this label stands for, such as email, or all of them. May be repeated.",
        HelpName = "LABEL",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _custom = new("--custom-pattern")
    {
        Description = "Extract what your regular expression matches. May be repeated.",
        HelpName = "LABEL=REGEX",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<ExtractionSource?> _source = ChoiceOption.Create<ExtractionSource>(
        "--extract-from", "Default: html for a schema, markdown for patterns.",
        "html", "cleaned-html", "fit-html", "markdown", "fit-markdown");

    public ExtractionArguments()
    {
        _patterns.CompletionSources.Add([.. RegexExtractor.AllLabels, "all"]);
        _source.HelpName = "SOURCE";
        _source.Description = "What data is extracted from: html, cleaned-html, fit-html, markdown or fit-markdown. "
            + _source.Description;
        _custom.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.IndexOf('=', StringComparison.Ordinal) <= 0))
            {
                result.AddError("--custom-pattern needs the form LABEL=REGEX.");
            }
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_schema, _kind, _patterns, _custom, _source])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            var byPattern = result.Valid(_patterns) is { Length: > 0 } || result.Valid(_custom) is { Length: > 0 };
            var bySchema = result.Valid(_schema) is not null;
            if (bySchema && byPattern)
            {
                result.AddError("--schema and patterns are two ways to extract; give one of them.");
            }
            else if (!bySchema && result.Valid(_kind) is not null)
            {
                result.AddError("--schema-kind needs a schema; give --schema FILE.");
            }
            else if (!bySchema && !byPattern && result.Valid(_source) is not null)
            {
                result.AddError("--extract-from needs something to extract; give --schema or --pattern.");
            }
        });
    }

    /// <summary>The extraction, or null where none was asked for.</summary>
    public PageExtraction? Of(ParseResult parsed)
    {
        var source = parsed.GetValue(_source);
        if (parsed.GetValue(_schema) is { } path)
        {
            var schema = ExtractionSchema.Parse(ReadSchema(path));
            return PageExtraction.BySchema(schema with { Kind = parsed.GetValue(_kind) ?? schema.Kind }, source);
        }

        var labels = parsed.GetValue(_patterns) ?? [];
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in parsed.GetValue(_custom) ?? [])
        {
            var parts = text.Split('=', 2);
            custom[parts[0].Trim()] = parts[1];
        }

        return labels.Length + custom.Count == 0 ? null : PageExtraction.ByPatterns(
            [.. labels.SelectMany(label => label.Split(',', StringSplitOptions.RemoveEmptyEntries))], custom, source);
    }

    private static string ReadSchema(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WrongUsageException($"--schema: {path} cannot be read. Give a JSON file.");
        }
    }
}
