namespace Crawl4.Cli.Commands;

/// <summary>The names of choices, in whichever spelling: read_only, ReadOnly and read-only are one.</summary>
internal static class ChoiceText
{
    public static bool TryParse<T>(string text, out T choice)
        where T : struct, Enum
    {
        var plain = text.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), plain, StringComparison.OrdinalIgnoreCase))
            {
                choice = value;
                return true;
            }
        }

        choice = default;
        return false;
    }
}
