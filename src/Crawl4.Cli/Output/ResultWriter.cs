using System.Globalization;
using System.Text;
using Crawl4.Core.Crawling;

namespace Crawl4.Cli.Output;

/// <summary>What is printed of results.</summary>
internal sealed record ResultWriterOptions
{
    /// <summary>Null prints a line a page.</summary>
    public OutputFormat? Format { get; init; }

    public bool Quiet { get; init; }

    /// <summary>Puts a line before each page that says which one it is.</summary>
    public bool ManyPages { get; init; }
}

/// <summary>Prints results as they come: what succeeded to the output, what failed as an error.</summary>
internal sealed class ResultWriter(CliContext context, ResultWriterOptions options)
{
    private readonly long _started = context.TimeProvider.GetTimestamp();
    private readonly ProgressLine _progress = new(context, options.Quiet);
    private long _succeeded;
    private long _hits;

    public long Failed { get; private set; }

    /// <summary>Pages that came home and could not be cached.</summary>
    public long NotStored { get; private set; }

    /// <summary>Pages that came home and from which no data could be extracted.</summary>
    public long NotExtracted { get; private set; }

    /// <summary>Pages that came home and that a model did not filter, or not all of them.</summary>
    public long NotFiltered { get; private set; }

    public async Task WriteAsync(CrawlResult result)
    {
        if (result.Success)
        {
            _succeeded++;
            _hits += result.CacheStatus == CacheStatus.Miss ? 0 : 1;
            await WritePageAsync(result);
        }
        else
        {
            Failed++;
            await WriteFailureAsync(result);
        }

        if (result.ExtractionError is { } extractionError)
        {
            NotExtracted++;
            var what = result.ExtractedContent is null ? "Nothing extracted." : "Not all extracted.";
            await WriteErrorAsync($"{NameOf(result)}: {what} {ErrorText.Of(extractionError)}");
        }

        if (result.FilterError is { } filterError)
        {
            NotFiltered++;
            await WriteErrorAsync($"{NameOf(result)}: Not filtered, or not all. {ErrorText.Of(filterError)}");
        }

        if (result.StoreError is { } storeError)
        {
            NotStored++;
            await WriteErrorAsync($"{NameOf(result)}: Not cached. {ErrorText.Of(storeError)}");
        }

        // Whoever reads the lines gets each as soon as it is there.
        await context.Output.FlushAsync();
        await _progress.ShowAsync($"{Figures.Pages(_succeeded)} done, {Failed} failed");
    }

    public async Task FinishAsync()
    {
        await _progress.ClearAsync();
        if (options.Format is null && !options.Quiet && context.OutputIsTerminal && _succeeded + Failed > 1)
        {
            var time = Figures.Milliseconds(context.TimeProvider.GetElapsedTime(_started));
            await context.Output.WriteLineAsync(
                $"{Figures.Pages(_succeeded)} in {time}, {_hits} from the cache, {Failed} failed.");
        }
    }

    private async Task WriteFailureAsync(CrawlResult result)
    {
        if (options.Format == OutputFormat.Json)
        {
            await context.Output.WriteLineAsync(CrawlJson.Result(result));
        }

        await WriteErrorAsync(ErrorText.Of(result));
    }

    private async Task WriteErrorAsync(string message)
    {
        await _progress.ClearAsync();
        await context.WriteErrorAsync(message);
    }

    private static string NameOf(CrawlResult result) =>
        result.Url.Length == 0 ? "standard input" : ErrorText.WithoutCredentials(result.Url);

    private Task WritePageAsync(CrawlResult result) => options.Format switch
    {
        // It would say that nothing was found; why there is nothing is said as an error.
        OutputFormat.Extracted when result is { ExtractionError: not null, ExtractedContent: null } => Task.CompletedTask,
        OutputFormat.Json => context.Output.WriteLineAsync(CrawlJson.Result(result)),
        { } format => WriteContentAsync(result.Url, format, ResultContent.Of(result, format)),
        null => options.Quiet ? Task.CompletedTask : WriteLineAsync(result),
    };

    private async Task WriteContentAsync(string url, OutputFormat format, string content)
    {
        if (options.ManyPages && ResultContent.HasComments(format))
        {
            // A comment is invisible in Markdown and HTML alike, and easy to split at.
            var name = PlainText.OneLine(url).Replace("-->", "--%3E", StringComparison.Ordinal);
            await context.Output.WriteLineAsync($"<!-- {name} -->");
        }

        if (content.Length > 0 || ResultContent.HasComments(format))
        {
            await ContentText.WriteAsync(context, content);
        }
    }

    private Task WriteLineAsync(CrawlResult result)
    {
        var bytes = Encoding.UTF8.GetByteCount(result.Html);
        var url = PlainText.OneLine(ErrorText.WithoutCredentials(result.Url));
        var title = PageWords.Title(result);
        if (!context.OutputIsTerminal)
        {
            var milliseconds = (long)Math.Ceiling(result.Elapsed.TotalMilliseconds);
            return context.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.StatusCode}\t{PageWords.Cache(result)}\t{bytes}\t{milliseconds}\t{url}\t{title}"));
        }

        var line = $"{result.StatusCode,3}  {PageWords.Cache(result),-9}  {Figures.Size(bytes),8}  "
            + $"{Figures.Milliseconds(result.Elapsed),9}  {url}  {title}";
        return context.Output.WriteLineAsync(TextFit.Clip(line.TrimEnd(), context.Width));
    }
}
