using System.Buffers;
using System.Text.Unicode;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Hashing;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Gives the content that a column stands for: itself, or the file it names. Follows hashes of
/// hashes, which every Crawl4AI upgrade adds one more of, back to the page.</summary>
internal sealed class ContentReader(ContentFolders folders, IEventSink events)
{
    /// <summary>More upgrades than Crawl4AI has had releases with content files: longer chains are not
    /// believed.</summary>
    public const int MaxChain = 128;

    /// <summary>The content of one column.</summary>
    /// <param name="url">The entry's key, for messages.</param>
    /// <param name="kind">The column.</param>
    /// <param name="value">What the column holds.</param>
    /// <param name="layout">In an inline table, a value that names no file is content.</param>
    /// <param name="ownHash">The hash of what we wrote, where we know it: it ends every chain, so that
    /// content that looks like a name is not taken for one.</param>
    public string Read(string url, ContentKind kind, string value, SqliteLayout layout, string? ownHash)
    {
        if (!ContentName.IsName(value) || IsLiteral(value, ownHash))
        {
            return value;
        }

        var name = value;
        for (var step = 0; step < MaxChain; step++)
        {
            var found = TryReadFile(kind, name, out var text);
            if (!found && step == 0 && layout == SqliteLayout.Inline)
            {
                return value;
            }

            if (text is null)
            {
                throw Damaged(url, kind, name, found ? "is not what was written" : "is missing");
            }

            if (string.Equals(name, ownHash, StringComparison.Ordinal) || !IsExistingFile(kind, text))
            {
                ReportHealed(url, kind, step);
                return text;
            }

            name = text;
        }

        throw Damaged(url, kind, value, "starts a chain of hashes that does not end");
    }

    /// <summary>The name at the end of a chain of hashes, without reading the content itself. The name itself
    /// where there is no chain, or it is broken.</summary>
    public string EndOfChain(ContentKind kind, string name, string? ownHash)
    {
        var last = name;
        for (var step = 0; step < MaxChain; step++)
        {
            if (string.Equals(last, ownHash, StringComparison.Ordinal)
                || Length(kind, last) != ContentName.Length
                || !TryReadFile(kind, last, out var text)
                || text is null
                || !IsExistingFile(kind, text))
            {
                return last;
            }

            last = text;
        }

        return name;
    }

    /// <summary>The file's length in bytes, or null where there is none.</summary>
    public long? Length(ContentKind kind, string name)
    {
        var file = new FileInfo(folders.File(kind, name));
        return file.Exists && !file.Attributes.HasFlag(FileAttributes.ReparsePoint) ? file.Length : null;
    }

    /// <summary>Gives the bytes of a file that is just what its name says, byte for byte, and UTF-8.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="name">Its name.</param>
    /// <param name="destination">As long as the file, by <see cref="Length"/>.</param>
    /// <returns>False where the file is anything else.</returns>
    public bool TryCopy(ContentKind kind, string name, Span<byte> destination)
    {
        try
        {
            using var handle = File.OpenHandle(
                folders.File(kind, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var count = 0;
            while (count < destination.Length
                && RandomAccess.Read(handle, destination[count..], count) is > 0 and var read)
            {
                count += read;
            }

            return count == destination.Length && RandomAccess.GetLength(handle) == count
                && XxHash64.Compute(destination) == ContentName.Hash(name) && Utf8.IsValid(destination);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads a file. True where there is one; its text is null where it is not what its name
    /// says.</summary>
    public bool TryReadFile(ContentKind kind, string name, out string? text)
    {
        text = null;
        var path = folders.File(kind, name);
        byte[] buffer = [];
        try
        {
            var attributes = File.GetAttributes(path);
            if ((attributes & (FileAttributes.ReparsePoint | FileAttributes.Directory)) != 0
                || new FileInfo(path).Length == 0)
            {
                // A name that leads elsewhere was not written by Crawl4AI or by us. Nor was an empty file; and what
                // looks like one may be a pipe, which would be waited for without end.
                return true;
            }

            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(handle);
            if (length > Array.MaxLength)
            {
                return true;
            }

            buffer = ArrayPool<byte>.Shared.Rent((int)length);
            var count = 0;
            while (count < length
                && RandomAccess.Read(handle, buffer.AsSpan(count, (int)length - count), count) is > 0 and var read)
            {
                count += read;
            }

            text = ContentText.Decode(buffer.AsSpan(0, count), ContentName.Hash(name));
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            // One file that may not be read is one entry that cannot be given, not a store that cannot be used.
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool IsLiteral(string value, string? ownHash) =>
        ownHash is not null
        && !string.Equals(value, ownHash, StringComparison.Ordinal)
        && string.Equals(XxHash64.Hex(value), ownHash, StringComparison.Ordinal);

    private bool IsExistingFile(ContentKind kind, string text) =>
        ContentName.IsName(text) && File.Exists(folders.File(kind, text));

    private void ReportHealed(string url, ContentKind kind, int steps)
    {
        if (steps > 0 && events.IsEnabled(EventSeverity.Information))
        {
            events.Write(new Crawl4Event(EventIds.EntryHealed, EventSeverity.Information,
                $"{ContentKinds.Column(kind)} of {UrlHost.WithoutCredentials(url)} was a hash of a hash "
                + $"({steps} deep); the content behind it was read."));
        }
    }

    private Crawl4Exception Damaged(string url, ContentKind kind, string name, string how)
    {
        var shown = UrlHost.WithoutCredentials(url);
        var file = folders.File(kind, name);
        return new Crawl4Exception(Crawl4ErrorCode.EntryDamaged,
            $"The entry of {shown} is damaged: its {ContentKinds.Column(kind)} file '{file}' {how}.", shown);
    }
}
