using System.Management.Automation;
using Crawl4.Core;

namespace Crawl4.PowerShell.Binding;

/// <summary>Makes a schema of a hashtable or of JSON text.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SchemaTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return inputData is null ? inputData! : SchemaText.Parse(inputData);
        }
        catch (Crawl4Exception failure)
        {
            throw new ArgumentTransformationMetadataException($"{failure.Message} {failure.Error.Advice}", failure);
        }
    }
}
