using System.Text.RegularExpressions;

namespace Crawl4.Core.Reading.Patterns;

/// <summary>A user's regular expression that cannot hold up a run: it is matched under a time limit. The engine that
/// takes linear time is not used, for it does not always find the first match: of 456-426614174000, the pattern
/// <c>\(?\d{3}\)?-?\d{3}-?\d{4}</c> should take 456-4266141, and it takes the last ten digits.</summary>
internal sealed class BoundedPattern
{
    /// <summary>Longer ones are made by mistake, and take long to compile.</summary>
    public const int MaxLength = 10_000;

    /// <summary>Of one search, and of all searches of one text together. Honest patterns over the largest pages take
    /// a tenth of it.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    private readonly Regex _regex;
    private readonly string _option;
    private readonly string _pattern;

    private BoundedPattern(Regex regex, string pattern, string option)
    {
        _regex = regex;
        _pattern = pattern;
        _option = option;
    }

    /// <summary>The highest group number.</summary>
    public int LastGroup => _regex.GetGroupNumbers().Max();

    /// <summary>Compiles a pattern in Python's syntax.</summary>
    /// <exception cref="Crawl4Exception">It is none.</exception>
    public static BoundedPattern Compile(
        string pattern, RegexOptions options, string option, TimeSpan? maxTime = null)
    {
        if (pattern.Length > MaxLength)
        {
            throw Invalid(option, $"{option} is longer than {MaxLength} characters.", null);
        }

        try
        {
            var translated = PythonPattern.ToDotNet(pattern);
            var regex = new Regex(translated, options | RegexOptions.CultureInvariant, maxTime ?? MaxTime);
            return new BoundedPattern(regex, pattern, option);
        }
        catch (ArgumentException cause)
        {
            throw Invalid(option, $"{option} '{pattern}' is not a regular expression: {cause.Message}", cause);
        }
    }

    /// <summary>The first match at or after a position.</summary>
    public Match Find(string text, int from = 0)
    {
        try
        {
            return _regex.Match(text, from);
        }
        catch (RegexMatchTimeoutException cause)
        {
            throw TookTooLong(cause);
        }
    }

    /// <summary>All matches, in order.</summary>
    public IEnumerable<Match> FindAll(
        string text, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var match = Find(text); match.Success; match = Next(match))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(began) > MaxTime)
            {
                throw TookTooLong(null);
            }

            yield return match;
        }
    }

    private static Crawl4Exception Invalid(string option, string message, Exception? cause) =>
        new Crawl4Error(Crawl4ErrorCode.OptionInvalid, message, option)
        {
            Advice = @"Give a regular expression, such as '(\d+) items'.",
        }.ToException(cause);

    private Match Next(Match match)
    {
        try
        {
            return match.NextMatch();
        }
        catch (RegexMatchTimeoutException cause)
        {
            throw TookTooLong(cause);
        }
    }

    private Crawl4Exception TookTooLong(Exception? cause) => new Crawl4Error(
        Crawl4ErrorCode.OptionInvalid,
        $"{_option} '{_pattern}' took longer than {_regex.MatchTimeout.TotalSeconds:0.##} seconds on this content.", _option)
    {
        Advice = "Make the pattern more exact: avoid repetition within repetition, lookarounds and backreferences.",
    }.ToException(cause);
}
