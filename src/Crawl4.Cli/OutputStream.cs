using Microsoft.Win32.SafeHandles;

namespace Crawl4.Cli;

/// <summary>Standard output that says when its reader is gone. The runtime's own console stream drops what is
/// written to a closed pipe without a word, so that a long crawl would go on for nobody.</summary>
internal sealed class OutputStream(Stream inner) : Stream
{
    private const int BrokenPipe = 32; // EPIPE, on Linux and macOS alike; the runtime gives errno as HResult

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static Stream Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        var direct = new FileStream(
            new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0, isAsync: false);

        // A file keeps the console stream: a FileStream writes at positions of its own, and would write over what
        // another program of the same script has written to the same file.
        return direct.CanSeek ? Console.OpenStandardOutput() : new OutputStream(direct);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException e) when (e.HResult == BrokenPipe)
        {
            throw new OutputClosedException(e);
        }
        catch (UnauthorizedAccessException e)
        {
            // What the runtime makes of EBADF: the program was started with its output closed.
            throw new IOException("The standard output cannot be written.", e);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
