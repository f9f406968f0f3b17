namespace Crawl4.PowerShell.Pipeline;

/// <summary>How far a cmdlet is: a snapshot.</summary>
/// <param name="Status">One line: what was done so far.</param>
/// <param name="Done">How many are done.</param>
/// <param name="Total">How many there are in all. Null while that is unknown.</param>
/// <param name="Ended">True for the last one.</param>
internal sealed record PipelineProgress(string Status, long Done, long? Total, bool Ended = false)
{
    /// <summary>0 to 100, or -1 while the total is unknown.</summary>
    public int Percent => Total is > 0 ? (int)Math.Clamp(Done * 100 / Total.Value, 0, 100) : -1;
}
