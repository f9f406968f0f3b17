using System.Globalization;

namespace Crawl4.Core.Rollout;

/// <summary>The share of URLs that DynamoDB answers, 0 to 100 in steps of 0.001, kept as whole thousandths so that
/// no rounding ever moves a URL.</summary>
public readonly record struct RolloutPercentage : IComparable<RolloutPercentage>
{
    /// <summary>None.</summary>
    public static readonly RolloutPercentage Zero;

    /// <summary>All.</summary>
    public static readonly RolloutPercentage Hundred = new(RolloutBucket.Count);

    private const int ThousandthsInOne = 1000;
    private const string Allowed = "0 to 100, with at most three decimal places";

    private RolloutPercentage(int thousandths) => Thousandths = thousandths;

    /// <summary>Thousandths of a percent, 0 to 100,000: buckets below this are in.</summary>
    public int Thousandths { get; }

    /// <summary>The percentage as a number.</summary>
    public decimal Value => (decimal)Thousandths / ThousandthsInOne;

    /// <summary>Makes one of a number.</summary>
    /// <param name="percent">0 to 100, with at most three decimal places.</param>
    /// <param name="setting">What it was given as, for the error.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where it is anything
    /// else.</exception>
    public static RolloutPercentage From(decimal percent, string setting)
    {
        var thousandths = percent * ThousandthsInOne;
        return percent is >= 0 and <= 100 && decimal.IsInteger(thousandths)
            ? new RolloutPercentage((int)thousandths)
            : throw Invalid(percent.ToString(CultureInfo.InvariantCulture), setting);
    }

    /// <summary>Makes one of a text such as 25 or 0.5; the decimal point is a full stop in every culture.</summary>
    /// <param name="text">The text. A closing percent sign is allowed.</param>
    /// <param name="setting">What it was given as, for the error.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where it is no such
    /// number.</exception>
    public static RolloutPercentage Parse(string text, string setting)
    {
        ArgumentNullException.ThrowIfNull(text);
        var number = text.Trim();
        number = number.EndsWith('%') ? number[..^1].TrimEnd() : number;
        return decimal.TryParse(
            number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            ? From(percent, setting)
            : throw Invalid(text, setting);
    }

    /// <summary>True where a bucket is in.</summary>
    /// <param name="bucket">From <see cref="RolloutBucket.Of(string, string)"/>.</param>
    public bool Includes(int bucket) => bucket < Thousandths;

    /// <inheritdoc/>
    public int CompareTo(RolloutPercentage other) => Thousandths.CompareTo(other.Thousandths);

    /// <summary>The number alone, as in 12.5.</summary>
    public override string ToString() => Value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Compares.</summary>
    public static bool operator <(RolloutPercentage left, RolloutPercentage right) =>
        left.Thousandths < right.Thousandths;

    /// <summary>Compares.</summary>
    public static bool operator >(RolloutPercentage left, RolloutPercentage right) =>
        left.Thousandths > right.Thousandths;

    /// <summary>Compares.</summary>
    public static bool operator <=(RolloutPercentage left, RolloutPercentage right) =>
        left.Thousandths <= right.Thousandths;

    /// <summary>Compares.</summary>
    public static bool operator >=(RolloutPercentage left, RolloutPercentage right) =>
        left.Thousandths >= right.Thousandths;

    private static Crawl4Exception Invalid(string value, string setting) => new Crawl4Error(
        Crawl4ErrorCode.OptionInvalid, $"{setting} is '{value}', which is not a percentage.", setting)
    { Advice = $"Give {Allowed}." }.ToException();
}
