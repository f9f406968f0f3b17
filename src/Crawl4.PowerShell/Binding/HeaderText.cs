using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Crawl4.PowerShell.Binding;

/// <summary>Headers as a hashtable gives them, as text.</summary>
internal static class HeaderText
{
    /// <summary>Each key with its value; a list becomes one value, joined as HTTP joins them.</summary>
    public static IReadOnlyDictionary<string, string> From(IDictionary? headers)
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (headers is not null)
        {
            foreach (DictionaryEntry header in headers)
            {
                texts[TextOf(header.Key)] = TextOf(header.Value);
            }
        }

        return texts;
    }

    /// <summary>The value of one header, whatever the case of its name. Empty where there is none.</summary>
    public static string ValueOf(IDictionary headers, string name) =>
        From(headers).GetValueOrDefault(name, "");

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        PSObject wrapped when wrapped.BaseObject != (object)wrapped => TextOf(wrapped.BaseObject),
        IEnumerable many => string.Join(", ", many.Cast<object?>().Select(TextOf)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
