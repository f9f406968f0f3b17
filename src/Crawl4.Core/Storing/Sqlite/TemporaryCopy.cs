namespace Crawl4.Core.Storing.Sqlite;

/// <summary>A private copy of a database and its log, to read where the folder cannot be written: SQLite
/// needs to write beside a log to read it.</summary>
internal sealed class TemporaryCopy : IDisposable
{
    private readonly string _source;
    private readonly string _folder;
    private readonly (long, long, DateTime, DateTime) _stamp;

    public TemporaryCopy(string source)
    {
        _source = source;
        _stamp = Stamp(source);
        _folder = Directory.CreateTempSubdirectory("crawl4-").FullName;
        DatabasePath = Path.Combine(_folder, Path.GetFileName(source));
        try
        {
            File.Copy(source, DatabasePath);
            File.Copy(DatabaseFile.LogPath(source), DatabaseFile.LogPath(DatabasePath));
            File.SetAttributes(DatabasePath, FileAttributes.Normal);
            File.SetAttributes(DatabaseFile.LogPath(DatabasePath), FileAttributes.Normal);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string DatabasePath { get; }

    /// <summary>False once the source has changed since it was copied.</summary>
    public bool IsCurrent => _stamp == Stamp(_source);

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody tidied the temporary folder already.
        }
    }

    private static (long, long, DateTime, DateTime) Stamp(string source)
    {
        var database = new FileInfo(source);
        var log = new FileInfo(DatabaseFile.LogPath(source));
        return (database.Length, log.Exists ? log.Length : 0, database.LastWriteTimeUtc,
            log.LastWriteTimeUtc);
    }
}
