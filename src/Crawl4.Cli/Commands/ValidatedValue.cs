using System.CommandLine;
using System.CommandLine.Parsing;

namespace Crawl4.Cli.Commands;

/// <summary>Values as a command's own checks see them.</summary>
internal static class ValidatedValue
{
    /// <summary>An option's value; the default where it was not given, and where it is wrong.</summary>
    public static T? Valid<T>(this CommandResult result, Option<T> option)
    {
        try
        {
            return result.GetValue(option);
        }
        catch (InvalidOperationException)
        {
            // The value cannot be read. The parser has that among its errors, and says it.
            return default;
        }
    }
}
