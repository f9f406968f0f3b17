using System.Management.Automation;
using Crawl4.Core.Reading.Chunking;

namespace Crawl4.PowerShell.Binding;

/// <summary>Takes a strategy's name for a chunker with its usual sizes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChunkerTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not string name)
        {
            return inputData;
        }

        var names = Enum.GetNames<ChunkingStrategy>();
        return Array.Find(names, known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) is { } strategy
            ? new ChunkingOptions { Strategy = Enum.Parse<ChunkingStrategy>(strategy) }.ToChunker()
            : throw new ArgumentTransformationMetadataException(
                $"'{name}' is no way to divide a text. Give {string.Join(", ", names)}, or what New-Crawl4Chunker makes.");
    }
}
