using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Crawl4.PowerShell.Binding;

/// <summary>Makes URLs of what people type and pipe: a bare host gets <c>https://</c>. Everything else stays
/// verbatim, because the URL as it was asked for is the cache's key.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class UrlTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject { BaseObject: not PSCustomObject } wrapped ? Convert(wrapped.BaseObject) ?? inputData
        : Convert(inputData) ?? inputData;

    /// <summary>The URL that a text stands for.</summary>
    /// <param name="text">What was typed.</param>
    internal static string Complete(string text)
    {
        var trimmed = text.Trim();
        return BareHost().IsMatch(trimmed) ? "https://" + trimmed : trimmed;
    }

    // What is neither text nor a Uri is left alone, so that PowerShell binds it by property name instead: results,
    // links and rows of a CSV file.
    private static object? Convert(object? value) => value switch
    {
        string text => Complete(text),
        Uri uri => Complete(uri.OriginalString),
        IList list => ConvertAll(list),
        _ => null,
    };

    private static object?[]? ConvertAll(IList list)
    {
        var converted = new object?[list.Count];
        for (var i = 0; i < converted.Length; i++)
        {
            var element = list[i] is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : list[i];
            if (element is not (string or Uri))
            {
                return null;
            }

            converted[i] = Convert(element);
        }

        return converted;
    }

    // A host name, or an IPv6 address in brackets, perhaps a port, then the end or a path. "name:" before anything
    // but a port is a scheme.
    [GeneratedRegex(
        @"^(?:\[[0-9A-Fa-f:.]+\]|[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}.])?)(?::[0-9]{1,5})?(?:[/?#]|$)",
        RegexOptions.NonBacktracking)]
    private static partial Regex BareHost();
}
