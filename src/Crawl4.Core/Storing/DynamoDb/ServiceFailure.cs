using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Polly.Timeout;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>The one place that says which failures of a request pass by themselves, and what the others mean.
/// Codes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html.</summary>
internal static class ServiceFailure
{
    private static readonly HashSet<string> Throttles = new(StringComparer.Ordinal)
    {
        "ProvisionedThroughputExceededException", "ThrottlingException", "Throttling", "RequestLimitExceeded",
        "TooManyRequestsException", "SlowDown",
    };

    private static readonly HashSet<string> Refusals = new(StringComparer.Ordinal)
    {
        "AccessDeniedException", "AccessDenied", "UnrecognizedClientException", "InvalidSignatureException",
        "ExpiredTokenException", "ExpiredToken", "IncompleteSignatureException", "MissingAuthenticationTokenException",
        "MissingAuthenticationToken", "InvalidClientTokenId", "NotAuthorized",
    };

    public static bool IsThrottle(Exception error) => error is UnprocessedException
        || (error is AmazonServiceException service
            && (Throttles.Contains(service.ErrorCode ?? "") || service.StatusCode == HttpStatusCode.TooManyRequests));

    /// <summary>True where the same request may succeed in a moment: throttled, the server's own fault, or the
    /// connection's. The request may have been carried out all the same.</summary>
    public static bool IsTransient(Exception error) => error switch
    {
        _ when IsThrottle(error) => true,
        AmazonServiceException service when service.StatusCode >= HttpStatusCode.InternalServerError => true,
        AmazonServiceException { StatusCode: 0 } => IsConnection(error),
        AmazonServiceException { ErrorCode: "TransactionInProgressException" or "RequestTimeout" } => true,
        TimeoutRejectedException or OperationCanceledException => true,
        // An answer whose checksum does not fit: it was cut or changed on its way.
        AmazonClientException client when client.Message.Contains("CRC", StringComparison.Ordinal) => true,
        _ => IsConnection(error),
    };

    public static bool IsRefusal(Exception error) => error is AmazonServiceException service
        && Refusals.Contains(service.ErrorCode ?? "");

    /// <summary>False for faults of our own, which are not to be taken for the service's.</summary>
    public static bool IsOfService(Exception error) =>
        error is AmazonServiceException or AmazonClientException || IsTransient(error);

    /// <summary>The error for what a request ended in.</summary>
    /// <param name="error">What was caught last.</param>
    /// <param name="action">What was asked of DynamoDB, such as GetItem.</param>
    /// <param name="target">The table.</param>
    public static Crawl4Exception Translate(Exception error, string action, string target)
    {
        var (code, why, advice) = Meaning(error, action, target);
        var message = $"DynamoDB's {action} on '{target}' failed: {why.TrimEnd('.')}.";
        return new Crawl4Exception(
            advice is null ? new Crawl4Error(code, message, target)
                : new Crawl4Error(code, message, target) { Advice = advice }, error);
    }

    private static (Crawl4ErrorCode Code, string Why, string? Advice) Meaning(
        Exception error, string action, string target) => error switch
    {
        ResourceNotFoundException => (Crawl4ErrorCode.TableMissing, "there is no such table", null),
        _ when IsThrottle(error) => (Crawl4ErrorCode.StoreBusy, "it is throttled: " + error.Message,
            "Wait, or raise the table's capacity or its limit on on-demand requests."),
        _ when IsRefusal(error) => (Crawl4ErrorCode.StoreForbidden, error.Message,
            $"Check the AWS credentials, and allow dynamodb:{action} on the table '{target}'."),
        TimeoutRejectedException late => (Crawl4ErrorCode.StoreUnavailable,
            $"no answer within {late.Timeout.TotalSeconds:0.###} s", null),
        _ when IsTransient(error) => (Crawl4ErrorCode.StoreUnavailable, Innermost(error), null),
        AmazonServiceException { ErrorCode: "UnknownOperationException" } => (Crawl4ErrorCode.StoreRejected,
            "this endpoint does not know it, which is so of some emulators", null),
        AmazonServiceException service => (Crawl4ErrorCode.StoreRejected, $"{service.ErrorCode}: {service.Message}", null),
        _ => (Crawl4ErrorCode.StoreForbidden, error.Message,
            "Check that AWS credentials are set: environment, profile, container or instance role."),
    };

    private static bool IsConnection(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException or IOException or SocketException)
            {
                return true;
            }
        }

        return false;
    }

    private static string Innermost(Exception error) =>
        error is AmazonServiceException { StatusCode: not 0 } || error.InnerException is null
            ? error.Message : Innermost(error.InnerException);
}

/// <summary>Nothing of a batch was processed: the request was throttled, though its answer says success.</summary>
internal sealed class UnprocessedException()
    : Exception("nothing of the batch was processed");
