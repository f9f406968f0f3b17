using System.Management.Automation;
using Crawl4.Core;
using Crawl4.PowerShell.Reporting;

namespace Crawl4.PowerShell.Binding;

/// <summary>Files as PowerShell names them: wildcards, drives, relative to the current location.</summary>
internal static class FilePaths
{
    /// <summary>The files that a path with wildcards means. A path that means none is an error of the
    /// cmdlet's, and the rest goes on.</summary>
    public static IReadOnlyList<string> Resolve(PSCmdlet cmdlet, string path)
    {
        try
        {
            var found = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
            if (provider.Name == "FileSystem")
            {
                // A wildcard finds folders too; who names a folder outright is told so when it is read.
                var files = found.Where(File.Exists).ToList();
                return WildcardPattern.ContainsWildcardCharacters(path) ? files : found;
            }

            cmdlet.WriteError(ErrorRecords.Of(NotAFile(path), path));
        }
        catch (Exception missing) when (IsMissing(missing))
        {
            cmdlet.WriteError(ErrorRecords.Of(Missing(missing, path), path));
        }

        return [];
    }

    /// <summary>The file that a path without wildcards names, whether or not it exists.</summary>
    /// <exception cref="Crawl4Exception">It is not of the file system.</exception>
    public static string ResolveLiteral(PSCmdlet cmdlet, string path)
    {
        try
        {
            var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem" ? full : throw NotAFile(path).ToException();
        }
        catch (Exception missing) when (IsMissing(missing))
        {
            throw Missing(missing, path).ToException(missing);
        }
    }

    /// <summary>The same for one of several: a path that can be none is an error of the cmdlet's, and the rest goes
    /// on.</summary>
    public static IReadOnlyList<string> ResolveEachLiteral(PSCmdlet cmdlet, string path)
    {
        try
        {
            return [ResolveLiteral(cmdlet, path)];
        }
        catch (Crawl4Exception failure)
        {
            cmdlet.WriteError(ErrorRecords.Of(failure.Error, path, failure));
            return [];
        }
    }

    /// <summary>A file's text.</summary>
    /// <exception cref="Crawl4Exception">It cannot be read.</exception>
    public static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new Crawl4Error(Crawl4ErrorCode.OptionInvalid, $"{path} cannot be read: {failure.Message}", path)
            { Advice = "Check the path and its permissions." }.ToException(failure);
        }
    }

    private static bool IsMissing(Exception failure) => failure is ItemNotFoundException
        or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException;

    private static Crawl4Error Missing(Exception failure, string path) =>
        new(Crawl4ErrorCode.PageNotFound, failure.Message, path) { Advice = "Check the path." };

    private static Crawl4Error NotAFile(string path) =>
        new(Crawl4ErrorCode.OptionInvalid, $"'{path}' is not a file.", path) { Advice = "Give a path of the file system." };
}
