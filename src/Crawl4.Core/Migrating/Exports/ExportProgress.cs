namespace Crawl4.Core.Migrating.Exports;

/// <summary>How far an export or an import is.</summary>
/// <param name="IsChecking">True while the files of an export are checked, before anything of them is used.</param>
/// <param name="Entries">How many entries are done.</param>
/// <param name="Total">How many there are. Null where nobody has counted them.</param>
/// <param name="Bytes">How many bytes of files were written or read.</param>
public readonly record struct ExportProgress(bool IsChecking, long Entries, long? Total, long Bytes);
