using System.Collections.Frozen;
using System.Management.Automation;
using Crawl4.Core;

namespace Crawl4.PowerShell.Reporting;

/// <summary>Core's errors as PowerShell's error records: the one place where a code gets its id and category. The
/// same table is in about_Crawl4_Errors.</summary>
internal static class ErrorRecords
{
    public const string IdPrefix = "Crawl4.";

    public static readonly FrozenDictionary<Crawl4ErrorCode, ErrorCategory> Categories =
        new Dictionary<Crawl4ErrorCode, ErrorCategory>
        {
            [Crawl4ErrorCode.PageTimeout] = ErrorCategory.OperationTimeout,
            [Crawl4ErrorCode.PageUnreachable] = ErrorCategory.ConnectionError,
            [Crawl4ErrorCode.PageNotFound] = ErrorCategory.ObjectNotFound,
            [Crawl4ErrorCode.PageForbidden] = ErrorCategory.PermissionDenied,
            [Crawl4ErrorCode.RateLimited] = ErrorCategory.LimitsExceeded,
            [Crawl4ErrorCode.PageUnavailable] = ErrorCategory.ResourceUnavailable,
            [Crawl4ErrorCode.PageFailed] = ErrorCategory.InvalidResult,
            [Crawl4ErrorCode.PageBlocked] = ErrorCategory.PermissionDenied,
            [Crawl4ErrorCode.PageTooLarge] = ErrorCategory.LimitsExceeded,
            [Crawl4ErrorCode.PageUnreadable] = ErrorCategory.InvalidData,
            [Crawl4ErrorCode.TooManyRedirects] = ErrorCategory.LimitsExceeded,
            [Crawl4ErrorCode.EgressForbidden] = ErrorCategory.SecurityError,
            [Crawl4ErrorCode.UrlInvalid] = ErrorCategory.InvalidArgument,
            [Crawl4ErrorCode.EntryMissing] = ErrorCategory.ObjectNotFound,
            [Crawl4ErrorCode.EntryDamaged] = ErrorCategory.InvalidData,
            [Crawl4ErrorCode.StoreUnavailable] = ErrorCategory.ResourceUnavailable,
            [Crawl4ErrorCode.StoreBusy] = ErrorCategory.ResourceBusy,
            [Crawl4ErrorCode.StoreReadOnly] = ErrorCategory.PermissionDenied,
            [Crawl4ErrorCode.StoreFull] = ErrorCategory.WriteError,
            [Crawl4ErrorCode.StoreCorrupt] = ErrorCategory.InvalidData,
            [Crawl4ErrorCode.ModelUnavailable] = ErrorCategory.ResourceUnavailable,
            [Crawl4ErrorCode.ModelForbidden] = ErrorCategory.PermissionDenied,
            [Crawl4ErrorCode.ModelRefused] = ErrorCategory.InvalidOperation,
            [Crawl4ErrorCode.ModelAnswerInvalid] = ErrorCategory.InvalidResult,
            [Crawl4ErrorCode.StoreForbidden] = ErrorCategory.PermissionDenied,
            [Crawl4ErrorCode.StoreRejected] = ErrorCategory.InvalidOperation,
            [Crawl4ErrorCode.TableMissing] = ErrorCategory.ObjectNotFound,
            [Crawl4ErrorCode.OptionInvalid] = ErrorCategory.InvalidArgument,
            [Crawl4ErrorCode.RolloutStateInvalid] = ErrorCategory.InvalidData,
            [Crawl4ErrorCode.RolloutConflict] = ErrorCategory.ResourceBusy,
            [Crawl4ErrorCode.RolloutNotReady] = ErrorCategory.InvalidOperation,
            [Crawl4ErrorCode.MigrationHeld] = ErrorCategory.ResourceBusy,
            [Crawl4ErrorCode.ExportInvalid] = ErrorCategory.InvalidData,
        }.ToFrozenDictionary();

    /// <summary>The first part of FullyQualifiedErrorId; PowerShell appends the class of the cmdlet.</summary>
    public static string IdOf(Crawl4ErrorCode code) => IdPrefix + code;

    /// <summary>The record of an error.</summary>
    /// <param name="error">What failed.</param>
    /// <param name="target">What the user can work on with: the failed result, the URL.</param>
    /// <param name="cause">The exception it came as, or null.</param>
    public static ErrorRecord Of(Crawl4Error error, object target, Crawl4Exception? cause = null)
    {
        var category = Categories.GetValueOrDefault(error.Code, ErrorCategory.NotSpecified);
        return new ErrorRecord(cause ?? error.ToException(), IdOf(error.Code), category, target)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = error.Advice },
        };
    }
}
