using System.Diagnostics;

namespace Crawl4.Bench.Compressing;

/// <summary>What one codec made of all entries.</summary>
internal sealed record Sample(
    string Name, long RawBytes, long Bytes, int Chunked, long WriteUnits, int Entries,
    double PackMilliseconds, double UnpackMilliseconds)
{
    /// <summary>On-demand writes in us-east-1 since November 2024.</summary>
    public const double DollarsAMillionWrites = 0.625;

    private const int InlineLimit = 350_000;
    private const int WriteUnitBytes = 1024;

    public double DollarsAMillionEntries => WriteUnits * DollarsAMillionWrites / Entries;

    public static Sample Measure(Codec codec, List<SampleEntry> entries, bool whole, int rounds)
    {
        var inputs = entries.ConvertAll(entry => whole ? entry.Whole : entry.Texts);
        var packed = inputs.ConvertAll(parts => Array.ConvertAll(parts, part => Pack(codec, part)));
        foreach (var (before, after) in inputs.SelectMany(i => i).Zip(packed.SelectMany(p => p)))
        {
            if (!Unpack(codec, after, before.Length).AsSpan().SequenceEqual(before))
            {
                throw new InvalidOperationException($"{codec.Name} does not give back what it was given.");
            }
        }

        var pack = Median(rounds, () => inputs.ForEach(parts => Array.ForEach(parts, part => Pack(codec, part))));
        var unpack = Median(rounds, () => packed.Zip(inputs).ToList().ForEach(
            pair => pair.First.Zip(pair.Second).ToList().ForEach(p => Unpack(codec, p.First, p.Second.Length))));
        var sizes = packed.ConvertAll(parts => parts.Sum(part => (long)part.Length));
        return new Sample(codec.Name + (whole ? ", whole" : ", each text"), inputs.Sum(i => i.Sum(p => (long)p.Length)),
            sizes.Sum(), sizes.Count(size => size > InlineLimit),
            sizes.Sum(size => (size + WriteUnitBytes - 1) / WriteUnitBytes), entries.Count, pack, unpack);
    }

    private static byte[] Pack(Codec codec, byte[] part)
    {
        using var stream = new MemoryStream(part.Length / 2);
        using (var packing = codec.Pack(stream))
        {
            packing.Write(part);
        }

        return stream.ToArray();
    }

    private static byte[] Unpack(Codec codec, byte[] packed, int length)
    {
        var part = new byte[length];
        using var unpacking = codec.Unpack(new MemoryStream(packed));
        unpacking.ReadExactly(part);
        return part;
    }

    private static double Median(int rounds, Action work)
    {
        var times = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            var before = Stopwatch.GetTimestamp();
            work();
            times[i] = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[rounds / 2];
    }
}
