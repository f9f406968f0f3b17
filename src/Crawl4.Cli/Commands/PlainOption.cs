using System.CommandLine;
using System.Globalization;

namespace Crawl4.Cli.Commands;

/// <summary>Options whose values are taken as they are: switches, texts, names, numbers.</summary>
internal static class PlainOption
{
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    public static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };

    public static Option<string[]> Texts(string name, string helpName, string description) => new(name)
    {
        Description = description + " May be repeated.",
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<double?> Number(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number))
            {
                return number;
            }

            result.AddError($"{name} is '{text}'; give a number such as 0.5.");
            return null;
        },
    };

    /// <summary>An option whose value is one of a few characters.</summary>
    public static Option<char?> Mark(string name, string description, string marks) => new(name)
    {
        Description = $"{description} Default: {marks[0]}.",
        HelpName = string.Join('|', marks.ToCharArray()),
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text.Length == 1 && marks.Contains(text[0], StringComparison.Ordinal))
            {
                return text[0];
            }

            result.AddError($"{name} is '{text}'; give {string.Join(" or ", marks.ToCharArray())}.");
            return null;
        },
    };

    /// <summary>The values; names have no commas, so that several can be given at once.</summary>
    public static string[] Words(string[]? values) => [.. (values ?? []).SelectMany(value => value.Split(
        ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>The text of a file that an option names.</summary>
    /// <exception cref="WrongUsageException">It cannot be read.</exception>
    public static string FileText(Option<string?> option, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WrongUsageException($"{option.Name}: {path} cannot be read. Give a JSON file.");
        }
    }
}
