using System.Management.Automation;
using Crawl4.Core;

namespace Crawl4.PowerShell.Binding;

/// <summary>Makes JSON text of hashtables and objects. Text is taken for JSON already.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class JsonTextTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return inputData is null ? inputData! : SchemaText.Json(inputData);
        }
        catch (Crawl4Exception failure)
        {
            throw new ArgumentTransformationMetadataException($"{failure.Message} {failure.Error.Advice}", failure);
        }
    }
}
