namespace Crawl4.Core.Storing.Sqlite;

/// <summary>A content file to be written: its folder, its name (the hash of its bytes), its bytes.</summary>
internal readonly record struct ContentFile(ContentKind Kind, string Name, ReadOnlyMemory<byte> Bytes);
