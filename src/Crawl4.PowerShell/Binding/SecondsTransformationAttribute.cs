using System.Globalization;
using System.Management.Automation;

namespace Crawl4.PowerShell.Binding;

/// <summary>Takes a plain number for seconds. PowerShell itself would take it for ticks, and the text "3600" for
/// days.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Convert(inputData is PSObject wrapped ? wrapped.BaseObject : inputData) ?? inputData;

    /// <summary>The time that a number or a number's text stands for, or null for anything else.</summary>
    /// <param name="value">What was given.</param>
    internal static object? Convert(object? value)
    {
        double? seconds = value switch
        {
            int number => number,
            long number => number,
            double number => number,
            decimal number => (double)number,
            string text when double.TryParse(
                text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out var number) => number,
            _ => null,
        };
        // What does not fit stays as it is, and PowerShell or the range check says so.
        return seconds is { } given && Math.Abs(given) < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(given)
            : null;
    }
}
