namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Something to do on the writer's thread.</summary>
internal abstract class WriteJob(CancellationToken cancellationToken)
{
    /// <summary>Checked once more when the job's turn comes: a job that was cancelled in the queue is not
    /// done.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The folders with new names that its rows are about to promise: they are flushed before its
    /// transaction is committed.</summary>
    public IReadOnlyList<ContentKind> Folders { get; init; } = [];

    /// <summary>True where it may share a transaction with others. The rest manage their own.</summary>
    public abstract bool IsGrouped { get; }

    /// <summary>Does the work. The answer is held back until <see cref="Complete"/>.</summary>
    public abstract void Run(WriterConnection writer);

    /// <summary>Gives the answer, after the commit.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception error);

    public abstract void Cancel();
}

/// <summary>A job with an answer.</summary>
internal sealed class WriteJob<T>(Func<WriterConnection, T> work, bool grouped, CancellationToken token)
    : WriteJob(token)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _answer;

    public Task<T> Answer => _done.Task;

    public override bool IsGrouped => grouped;

    public override void Run(WriterConnection writer) => _answer = work(writer);

    public override void Complete() => _done.TrySetResult(_answer!);

    public override void Fail(Exception error) => _done.TrySetException(error);

    public override void Cancel() => _done.TrySetCanceled(CancellationToken);
}
