namespace Crawl4.Core.Verifying;

/// <summary>Where it is kept what the last full verification of a cache found.</summary>
public interface IVerificationMarks
{
    /// <summary>What it found, or null where there was none.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception">It cannot be read.</exception>
    Task<VerificationMark?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps what one found in place of what was there.</summary>
    /// <param name="mark">What it found.</param>
    /// <param name="cancellationToken">Stops it before anything is written.</param>
    /// <exception cref="Crawl4Exception">It cannot be written.</exception>
    Task WriteAsync(VerificationMark mark, CancellationToken cancellationToken);
}
