using System.Diagnostics;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>Makes a folder and its files unchangeable for as long as it lives. Permissions do not stop root,
/// the immutable attribute does; where neither can be had, <see cref="IsLocked"/> says so.</summary>
internal sealed class LockedFolder : IDisposable
{
    private readonly string _path;
    private readonly bool _byAttribute;

    public LockedFolder(string path)
    {
        _path = path;
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        if (Environment.IsPrivilegedProcess)
        {
            _byAttribute = IsLocked = Run("+i");
        }
        else
        {
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead);
            }

            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            IsLocked = true;
        }
    }

    public bool IsLocked { get; }

    public void Dispose()
    {
        if (_byAttribute)
        {
            Run("-i");
        }
        else if (IsLocked && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                _path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private bool Run(string attribute)
    {
        if (Requirement.FindProgram("chattr") is not { } program)
        {
            return false;
        }

        using var process = Process.Start(
            new ProcessStartInfo(program, ["-R", attribute, _path]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
