using System.Text;

namespace Crawl4.Core.Diagnostics;

/// <summary>A file of lines that several processes add to, bounded in size: when it is full it gets a number, and the
/// oldest one goes.</summary>
/// <remarks>Whoever adds holds the file for itself meanwhile. .NET has no append that the system makes whole: it writes
/// where it found the end, and two processes would write over each other.</remarks>
internal sealed class LogFile(string path, long maxBytes, TimeProvider timeProvider)
{
    /// <summary>Beside the file itself there are so many older ones: <c>.1</c> is the youngest.</summary>
    public const int OlderFiles = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Another process has the file for the time of one write.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Windows lets a file be renamed under others only where they allow it; elsewhere only this keeps others
    /// out.</summary>
    private static readonly FileShare Sharing =
        OperatingSystem.IsWindows() ? FileShare.Delete | FileShare.Read : FileShare.None;

    /// <summary>Adds lines.</summary>
    /// <param name="text">The lines, each with its end.</param>
    /// <param name="cancellationToken">Stops waiting for others.</param>
    /// <returns>False where they could not be written. Nothing is made where the folder is missing.</returns>
    public async Task<bool> TryAddAsync(string text, CancellationToken cancellationToken)
    {
        var bytes = Encoding.GetBytes(text);
        var started = timeProvider.GetTimestamp();
        try
        {
            while (!TryAdd(bytes))
            {
                if (timeProvider.GetElapsedTime(started) > Deadline)
                {
                    return false;
                }

                await Task.Delay(Pause, timeProvider, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <returns>False where another process has the file, or it was just renamed.</returns>
    private bool TryAdd(byte[] bytes)
    {
        try
        {
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, Sharing, bufferSize: 0);
            if (file.Length > 0 && file.Length + bytes.Length > maxBytes)
            {
                // While it is held: who waits opens it by its name, and finds the new one.
                Shift();
                return false;
            }

            file.Seek(0, SeekOrigin.End);
            file.Write(bytes);
            return true;
        }
        catch (IOException error) when (IsHeld(error))
        {
            return false;
        }
    }

    private void Shift()
    {
        for (var number = OlderFiles; number > 1; number--)
        {
            var younger = Numbered(number - 1);
            if (File.Exists(younger))
            {
                File.Move(younger, Numbered(number), overwrite: true);
            }
        }

        File.Move(path, Numbered(1), overwrite: true);
    }

    private string Numbered(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}.{number}");

    // Windows: sharing and lock violation. Unix: EWOULDBLOCK, 11 on Linux and 35 on macOS and BSD.
    private static bool IsHeld(IOException error) => (error.HResult & 0xFFFF) is 32 or 33 or 11 or 35;
}
