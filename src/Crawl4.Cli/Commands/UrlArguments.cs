using System.CommandLine;

namespace Crawl4.Cli.Commands;

/// <summary>URLs given on the command line.</summary>
internal static class UrlArguments
{
    /// <summary>Stands for standard input.</summary>
    public const string StandardInput = "-";

    public static Argument<string[]> Many(string description, ArgumentArity arity, bool allowStandardInput)
    {
        var urls = new Argument<string[]>("URL") { Description = description, Arity = arity };
        urls.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                Check(token.Value, allowStandardInput, result.AddError);
            }
        });
        return urls;
    }

    public static Argument<string> One(string description)
    {
        var url = new Argument<string>("URL") { Description = description };
        url.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                Check(token.Value, allowStandardInput: false, result.AddError);
            }
        });
        return url;
    }

    // The parser takes an option that it does not know for one more argument.
    private static void Check(string text, bool allowStandardInput, Action<string> addError)
    {
        if (text == StandardInput && allowStandardInput)
        {
            return;
        }

        if (text.StartsWith('-'))
        {
            addError($"There is no option '{text}' here.");
        }
        else if (string.IsNullOrWhiteSpace(text))
        {
            addError("A URL is empty.");
        }
    }
}
