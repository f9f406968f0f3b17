using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.LanguageModels;

namespace Crawl4.PowerShell.Binding;

/// <summary>Takes a model's name for the model, with its provider before a slash as in Crawl4AI.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ModelTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not string { Length: > 0 } name)
        {
            return inputData;
        }

        try
        {
            return ModelEndpoint.Of(name);
        }
        catch (Crawl4Exception failure)
        {
            throw new ArgumentTransformationMetadataException($"{failure.Message} {failure.Error.Advice}", failure);
        }
    }
}
