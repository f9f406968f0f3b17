using System.Collections;
using System.Management.Automation;
using Crawl4.Core.Fetching;

namespace Crawl4.PowerShell.Binding;

/// <summary>Makes URLs of what people type and pipe: a bare host gets <c>https://</c>. Everything else stays
/// verbatim, because the URL as it was asked for is the cache's key.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UrlTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject { BaseObject: not PSCustomObject } wrapped ? Convert(wrapped.BaseObject) ?? inputData
        : Convert(inputData) ?? inputData;

    // What is neither text nor a Uri is left alone, so that PowerShell binds it by property name instead: results,
    // links and rows of a CSV file.
    private static object? Convert(object? value) => value switch
    {
        string text => TypedUrl.Complete(text),
        Uri uri => TypedUrl.Complete(uri.OriginalString),
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
}
