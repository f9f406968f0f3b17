namespace Crawl4.Core.Verifying;

/// <summary>What a repair may do.</summary>
public sealed record RepairOptions
{
    /// <summary>May delete an entry that the other side is known to have deleted later.</summary>
    /// <value>False: such an entry is left.</value>
    public bool AllowsDelete { get; init; }

    /// <summary>Only says what would be done; writes nothing.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>How old content has to be that no entry refers to, to be deleted.</summary>
    /// <value>1 hour.</value>
    public TimeSpan SafeAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The clock.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
