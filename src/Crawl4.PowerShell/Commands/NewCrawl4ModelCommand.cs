using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.LanguageModels;

namespace Crawl4.PowerShell.Commands;

/// <summary>Names a language model, and says how it is asked.</summary>
[Cmdlet(VerbsCommon.New, "Crawl4Model")]
[OutputType(typeof(ModelEndpoint))]
public sealed class NewCrawl4ModelCommand : PSCmdlet
{
    private const int MaxSeconds = 86400;

    /// <summary>The model's name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The endpoint's address.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Endpoint { get; set; }

    /// <summary>The environment variable that holds the key.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? ApiKeyVariable { get; set; }

    /// <summary>How freely the model chooses its words.</summary>
    [Parameter]
    [ValidateRange(0.0, 2.0)]
    public double Temperature { get; set; }

    /// <summary>The most tokens of an answer.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxAnswerToken { get; set; }

    /// <summary>How often a request is sent again.</summary>
    [Parameter]
    [ValidateRange(0, 20)]
    public int MaxRetry { get; set; } = 3;

    /// <summary>The time for one request, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.001, (double)MaxSeconds)]
    public double RequestTimeoutSec { get; set; } = 120;

    /// <summary>The time for a question with all retries, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.001, (double)MaxSeconds)]
    public double TimeoutSec { get; set; } = 600;

    /// <summary>How many requests are under way at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 5;

    /// <summary>What a million tokens of questions and of answers cost.</summary>
    [Parameter]
    [ValidateCount(2, 2)]
    public decimal[]? Price { get; set; }

    /// <summary>The proxy: an http, https or socks5 URL.</summary>
    [Parameter]
    public Uri? Proxy { get; set; }

    /// <summary>Name and password for the proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Accepts any TLS certificate.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            WriteObject(Make());
        }
        catch (Crawl4Exception failure)
        {
            ThrowTerminatingError(Reporting.ErrorRecords.Of(failure.Error, Name, failure));
        }
    }

    private ModelEndpoint Make()
    {
        var given = MyInvocation.BoundParameters;
        var model = ModelEndpoint.Of(Name, Endpoint, ApiKeyVariable) with
        {
            Temperature = given.ContainsKey(nameof(Temperature)) ? Temperature : null,
            MaxAnswerTokens = given.ContainsKey(nameof(MaxAnswerToken)) ? MaxAnswerToken : null,
            MaxRetries = MaxRetry,
            RequestTimeout = TimeSpan.FromSeconds(RequestTimeoutSec),
            TotalTimeout = TimeSpan.FromSeconds(TimeoutSec),
            MaxParallelRequests = ThrottleLimit,
            Proxy = Proxy,
            ProxyCredential = ProxyCredential?.GetNetworkCredential(),
            SkipCertificateCheck = SkipCertificateCheck,
        };
        return Price is not [var asked, var answered]
            ? model
            : model with
            {
                Prices = new Dictionary<string, ModelPrice> { [model.Model] = new(asked, answered) },
            };
    }
}
