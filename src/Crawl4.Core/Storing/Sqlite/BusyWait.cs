using Crawl4.Core.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Tries again while another process holds the database, until the deadline. Every try waits a
/// moment inside SQLite, so this does not spin.</summary>
internal sealed class BusyWait(SqliteStoreOptions options)
{
    public T Run<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var start = options.TimeProvider.GetTimestamp();
        var told = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return work();
            }
            catch (SqliteException error) when (StoreFailure.IsBusy(error))
            {
                if (!told)
                {
                    told = true;
                    options.Events.Write(new Crawl4Event(EventIds.StoreBusy, EventSeverity.Information,
                        $"The cache '{options.Folder.DatabasePath}' is in use by another process; waiting."));
                }

                var waited = options.TimeProvider.GetElapsedTime(start);
                if (waited >= options.BusyTimeout)
                {
                    throw StoreFailure.BusyTooLong(options.Folder.DatabasePath, waited, error);
                }
            }
        }
    }
}
