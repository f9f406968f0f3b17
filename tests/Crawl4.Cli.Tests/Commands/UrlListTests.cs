using Crawl4.Cli.Commands;

namespace Crawl4.Cli.Tests.Commands;

public class UrlListTests
{
    [Fact]
    public async Task Read_CommentsAndEmptyLines_CountForNothing()
    {
        const string text = "# a list\r\nhttps://a.example\r\n\r\n  b.example  # why\n\t#c\nhttps://d.example/#part\n";
        var urls = new List<string>();
        await foreach (var url in UrlList.ReadAsync(new StringReader(text), CancellationToken.None))
        {
            urls.Add(url);
        }

        Assert.Equal(["https://a.example", "b.example", "https://d.example/#part"], urls);
    }

    [Fact]
    public async Task Read_FromASourceThatNeverAnswers_EndsWhenCancelled()
    {
        using var stop = new CancellationTokenSource();
        var lines = UrlList.ReadAsync(new SilentReader(), stop.Token).GetAsyncEnumerator();
        var next = lines.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    /// <summary>A terminal at which nobody types: cancelling does not end its reads.</summary>
    private sealed class SilentReader : TextReader
    {
        public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) =>
            new(new TaskCompletionSource<string?>().Task);
    }
}
