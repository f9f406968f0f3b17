using System.Buffers;
using System.Globalization;
using System.Net.Http;

namespace Crawl4.Core.Fetching.Bodies;

/// <summary>Reads a body, decompresses it, and stops where it grows out of bounds.</summary>
internal static class BodyReader
{
    /// <summary>Real pages compress 3 to 20 times, the most repetitive tables about 150 times; deflate can
    /// reach 1,030 and Brotli far more, which only bombs do.</summary>
    public const int MaxRatio = 250;

    /// <summary>Below this size no ratio does harm, and small repetitive files have high ones.</summary>
    public const int RatioCountsFromBytes = 4 * 1024 * 1024;

    private const int ReadBytes = 32 * 1024;

    /// <summary>The whole body.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.PageTooLarge"/>, or
    /// <see cref="Crawl4ErrorCode.PageUnreadable"/> where the compression is unknown.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage response, string shown, long maxBytes, CancellationToken stop)
    {
        var declared = response.Content.Headers.ContentLength;
        if (declared > maxBytes && response.RequestMessage?.Method != HttpMethod.Head
            && (int)response.StatusCode != 304)
        {
            throw TooLarge($"{shown} announces {declared:N0} bytes; at most {maxBytes:N0} are read.", shown);
        }

        var raw = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        await using var counted = new CountedStream(raw, maxBytes, shown);
        var first = new byte[2];
        var read = await counted.ReadAtLeastAsync(
            first, first.Length, throwOnEndOfStream: false, stop).ConfigureAwait(false);
        if (read == 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        counted.Unread(first.AsSpan(0, read));
        await using var codings = await ContentCodings.OpenAsync(
            counted, CodingsOf(response), shown, stop).ConfigureAwait(false);
        var body = await ReadToEndAsync(
            codings, counted, declared, maxBytes, shown, stop).ConfigureAwait(false);
        await FinishAsync(counted, stop).ConfigureAwait(false);
        return body;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadToEndAsync(
        ContentCodings codings,
        CountedStream counted,
        long? declared,
        long maxBytes,
        string shown,
        CancellationToken stop)
    {
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(declared ?? 0, ReadBytes, int.MaxValue / 2));
        while (true)
        {
            var read = await codings.Decoded.ReadAsync(body.GetMemory(ReadBytes), stop).ConfigureAwait(false);
            if (read == 0)
            {
                return codings.IsWhole
                    ? body.WrittenMemory
                    : throw new InvalidDataException("The compressed data is cut short.");
            }

            body.Advance(read);
            if (body.WrittenCount > maxBytes)
            {
                throw TooLarge($"{shown} is larger than {maxBytes:N0} bytes, the most that are read.", shown);
            }

            if (body.WrittenCount >= RatioCountsFromBytes && body.WrittenCount / MaxRatio > counted.BytesRead)
            {
                throw TooLarge(
                    $"{shown} decompresses more than {MaxRatio} times, as no page does: a bomb.", shown);
            }
        }
    }

    /// <summary>Reads what a decompressor left, so that a cut at the very end is seen as well.</summary>
    private static async Task FinishAsync(CountedStream counted, CancellationToken stop)
    {
        var rest = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            while (await counted.ReadAsync(rest, stop).ConfigureAwait(false) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rest);
        }
    }

    private static string CodingsOf(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values)
            ? string.Join(",", values).ToLower(CultureInfo.InvariantCulture)
            : "";

    internal static Crawl4Exception TooLarge(string message, string target) =>
        new(Crawl4ErrorCode.PageTooLarge, message, target);
}
