using System.Collections;
using System.Text;
using Crawl4.Core.Files;
using Crawl4.Core.Rollout;

namespace Crawl4.Core.Verifying;

/// <summary>Keeps how far a full verification is, in <c>crawl4_verification.checkpoint</c>: about three megabytes,
/// however many entries there are.</summary>
internal sealed class CheckpointFile(string folder)
{
    /// <summary>Changes whenever the layout below does: then a verification begins at the start.</summary>
    private const string Format = "crawl4 verification 1";

    /// <summary>What was read longer ago than this is read again.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    private readonly string _path = Path.Combine(folder, "crawl4_verification.checkpoint");

    /// <summary>Where an earlier run got to, or null where there was none of this kind.</summary>
    /// <param name="kind">What was verified, and how: another one is not gone on with.</param>
    /// <param name="now">The time.</param>
    public VerificationState? Read(string kind, DateTimeOffset now)
    {
        try
        {
            using var file = File.OpenRead(_path);
            using var reader = new BinaryReader(file, Encoding.UTF8);
            return reader.ReadString() == Format && reader.ReadString() == kind ? Read(reader, now) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException
            or FormatException)
        {
            // None, or one that says nothing: then it begins at the start, which is always right.
            return null;
        }
    }

    public void Write(string kind, VerificationRun run, Func<long> logLength)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        lock (run.State.Gate)
        {
            writer.Write(Format);
            writer.Write(kind);
            Write(writer, run, logLength());
        }

        writer.Flush();
        DurableFile.Replace(_path, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    public void Delete() => File.Delete(_path);

    private static void Write(BinaryWriter writer, VerificationRun run, long logLength)
    {
        var state = run.State;
        writer.Write(state.BegunAt.UtcTicks);
        writer.Write(run.Elapsed.Ticks);
        writer.Write(state.ComparedTo);
        writer.Write(state.HasUnlisted);
        writer.Write(logLength);
        writer.Write(run.Suspects.Open.Count);
        foreach (var url in run.Suspects.Open)
        {
            writer.Write(url);
        }

        WriteTally(writer, state.Tally);
        foreach (var side in (SideState[])[state.Sqlite, state.DynamoDb])
        {
            writer.Write(side.After is not null);
            writer.Write(side.After ?? "");
            writer.Write(side.Parts.Count);
            foreach (bool part in side.Parts)
            {
                writer.Write(part);
            }

            side.Sums.Write(writer);
        }
    }

    private static VerificationState? Read(BinaryReader reader, DateTimeOffset now)
    {
        var begunAt = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var elapsed = new TimeSpan(reader.ReadInt64());
        var comparedTo = reader.ReadInt32();
        var hasUnlisted = reader.ReadBoolean();
        var logLength = reader.ReadInt64();
        var suspects = new string[reader.ReadInt32()];
        for (var i = 0; i < suspects.Length; i++)
        {
            suspects[i] = reader.ReadString();
        }

        var state = new VerificationState
        {
            BegunAt = begunAt, ElapsedBefore = elapsed, ComparedTo = comparedTo, HasUnlisted = hasUnlisted,
            LogLength = logLength, OpenSuspects = suspects, WasResumed = true,
        };
        ReadTally(reader, state.Tally);
        foreach (var side in (SideState[])[state.Sqlite, state.DynamoDb])
        {
            var hasAfter = reader.ReadBoolean();
            var after = reader.ReadString();
            side.After = hasAfter ? after : null;
            side.Parts = new BitArray(reader.ReadInt32());
            for (var i = 0; i < side.Parts.Count; i++)
            {
                side.Parts[i] = reader.ReadBoolean();
            }

            side.Sums.Read(reader);
        }

        return now - begunAt > MaxAge ? null : state;
    }

    private static void WriteTally(BinaryWriter writer, VerificationTally tally)
    {
        foreach (var side in Enum.GetValues<RolloutStore>())
        {
            writer.Write(tally.Entries(side));
            writer.Write(tally.Bytes(side));
        }

        writer.Write(tally.Pending);
        writer.Write(tally.Unsettled);
        writer.Write(tally.Counts.Count);
        foreach (var (kind, count) in tally.Counts)
        {
            writer.Write((int)kind);
            writer.Write(count);
        }
    }

    private static void ReadTally(BinaryReader reader, VerificationTally tally)
    {
        foreach (var side in Enum.GetValues<RolloutStore>())
        {
            tally.AddRead(side, reader.ReadInt64(), reader.ReadInt64());
        }

        tally.Pending = reader.ReadInt64();
        tally.Unsettled = reader.ReadInt64();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            tally.AddFound((MismatchKind)reader.ReadInt32(), reader.ReadInt64());
        }
    }
}
