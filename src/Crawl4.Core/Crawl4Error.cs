namespace Crawl4.Core;

/// <summary>A failure as data: what failed, on what, and what to do next. Front ends show it, results carry it.
/// It never holds a secret: whoever makes one strips credentials from URLs first.</summary>
/// <param name="Code">The kind of failure.</param>
/// <param name="Message">One sentence that names what failed and on what.</param>
/// <param name="Target">The URL, file or setting it concerns.</param>
public sealed record Crawl4Error(Crawl4ErrorCode Code, string Message, string Target)
{
    private readonly string? _advice;

    /// <summary>What to do next, one sentence. Defaults to the advice of the <see cref="Code"/>.</summary>
    public string Advice
    {
        get => _advice ?? DefaultAdvice(Code);
        init => _advice = value;
    }

    /// <summary>True where the same request may succeed later without anything being changed.</summary>
    public bool IsTransient => Code
        is Crawl4ErrorCode.PageTimeout
        or Crawl4ErrorCode.PageUnreachable
        or Crawl4ErrorCode.PageUnavailable
        or Crawl4ErrorCode.RateLimited
        or Crawl4ErrorCode.ModelUnavailable
        or Crawl4ErrorCode.StoreUnavailable
        or Crawl4ErrorCode.StoreBusy;

    /// <summary>The code, the message and the advice.</summary>
    public override string ToString() => $"{Code}: {Message} {Advice}";

    /// <summary>The exception that carries this error.</summary>
    /// <param name="cause">What it was caught from, if anything.</param>
    public Crawl4Exception ToException(Exception? cause = null) => new(this, cause);

    private static string DefaultAdvice(Crawl4ErrorCode code) => code switch
    {
        Crawl4ErrorCode.PageTimeout => "Try again, or allow more time.",
        Crawl4ErrorCode.PageUnreachable => "Check the host name, the port and the network, then try again.",
        Crawl4ErrorCode.PageNotFound => "Check the URL.",
        Crawl4ErrorCode.PageForbidden => "Give credentials or headers that the server accepts.",
        Crawl4ErrorCode.RateLimited => "Wait, then crawl this host with fewer requests at a time.",
        Crawl4ErrorCode.PageUnavailable => "Try again later: the fault is the server's.",
        Crawl4ErrorCode.PageFailed => "Look at the status code and at what the server says.",
        Crawl4ErrorCode.PageBlocked => "The site asks for a browser or a person; crawl it another way.",
        Crawl4ErrorCode.PageTooLarge => "Allow a larger body if the page is trusted.",
        Crawl4ErrorCode.PageUnreadable => "Look at what the server sends for this URL.",
        Crawl4ErrorCode.TooManyRedirects => "Open the URL in a browser to see where it leads.",
        Crawl4ErrorCode.EgressForbidden => "Allow the address in the egress policy if it is meant to be reached.",
        Crawl4ErrorCode.UrlInvalid => "Give an absolute http or https URL.",
        Crawl4ErrorCode.EntryMissing => "Crawl the URL first, or check its spelling: keys are URLs verbatim.",
        Crawl4ErrorCode.EntryDamaged => "Crawl the URL again with cache mode WriteOnly, or remove the entry.",
        Crawl4ErrorCode.StoreUnavailable => "Check that the store's path or address is right and can be reached.",
        Crawl4ErrorCode.StoreBusy => "Try again, or find the process that holds a write transaction open.",
        Crawl4ErrorCode.StoreReadOnly => "Give write permission, or use cache mode ReadOnly or Disabled.",
        Crawl4ErrorCode.StoreFull => "Free disk space, or move the cache with CRAWL4_AI_BASE_DIRECTORY.",
        Crawl4ErrorCode.StoreCorrupt => "Restore a backup of the file, or move it away to start afresh.",
        Crawl4ErrorCode.ModelUnavailable => "Try again later, or ask with fewer requests at a time.",
        Crawl4ErrorCode.ModelForbidden => "Check the key and the model's name.",
        Crawl4ErrorCode.ModelRefused => "Change the question, or ask another model.",
        Crawl4ErrorCode.ModelAnswerInvalid => "Ask again, or ask another model.",
        Crawl4ErrorCode.StoreForbidden => "Check the credentials and what they are allowed to do.",
        Crawl4ErrorCode.StoreRejected => "Check that the store is of the kind and version that is expected.",
        Crawl4ErrorCode.TableMissing => "Make the tables first, or correct the table's name, the region or the endpoint.",
        Crawl4ErrorCode.OptionInvalid => "Correct the value.",
        Crawl4ErrorCode.RolloutStateInvalid => "Restore the file from a backup, or set the rollout anew.",
        Crawl4ErrorCode.RolloutConflict => "Look at what it is now, then decide again.",
        Crawl4ErrorCode.RolloutNotReady => "Do what is named as missing, then try again.",
        Crawl4ErrorCode.MigrationHeld => "Wait until it has ended, or stop it with Stop-Crawl4Migration or crawl4 migrate stop.",
        Crawl4ErrorCode.ExportInvalid => "Copy the folder again from where it was exported, or export again.",
        _ => "See the message.",
    };
}
