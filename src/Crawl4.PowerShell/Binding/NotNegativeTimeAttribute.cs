using System.Management.Automation;

namespace Crawl4.PowerShell.Binding;

/// <summary>Refuses a negative time.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotNegativeTimeAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var value = arguments is PSObject wrapped ? wrapped.BaseObject : arguments;
        if (value is TimeSpan time && time < TimeSpan.Zero)
        {
            throw new ValidationMetadataException($"A time cannot be negative: {time}.");
        }
    }
}
