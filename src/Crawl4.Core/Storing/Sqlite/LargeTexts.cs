using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Writes the large texts of rows that have just been written without them, in the same transaction, from where they
/// stand in memory. However the packages bind, they make a copy first, and SQLite makes one of its own for the row.</summary>
internal static partial class LargeTexts
{
    private const byte Utf8 = 1;

    /// <summary>Those of an entry's row in one table.</summary>
    public static void Write(WriterConnection writer, PreparedPut put, string table)
    {
        var texts = put.LeftOut(table).ToList();
        if (texts.Count == 0)
        {
            return;
        }

        var database = writer.Connection.Handle!;
        var places = string.Join(", ", texts.Select(
            (text, i) => $"{(table == CrawledTable.Name ? writer.Shape.Holder(text.Column) : text.Column)} = ?{i + 2}"));
        Check(raw.sqlite3_prepare_v2(
            database, $"UPDATE {table} SET {places} WHERE url = ?1", out var statement), database);
        var pins = texts.ConvertAll(text => text.Text.Pin());
        try
        {
            Check(raw.sqlite3_bind_text(statement, 1, Encoding.UTF8.GetBytes(put.Entry.Url)), database);
            for (var i = 0; i < texts.Count; i++)
            {
                unsafe
                {
                    Check(BindInPlace(
                        statement.DangerousGetHandle(), i + 2, pins[i].Pointer, (ulong)texts[i].Text.Length, 0, Utf8), database);
                }
            }

            Check(raw.sqlite3_step(statement), database);
            if (raw.sqlite3_changes(database) != 1)
            {
                throw new InvalidOperationException("The row that was just written is not there.");
            }
        }
        finally
        {
            // Before the texts may move: it still points at them.
            statement.Dispose();
            pins.ForEach(pin => pin.Dispose());
        }
    }

    private static void Check(int code, sqlite3 database)
    {
        if (code != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(code, database);
        }
    }

    /// <summary>With zero for what is to become of the text SQLite leaves it where it is.</summary>
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_bind_text64")]
    private static unsafe partial int BindInPlace(
        nint statement, int index, void* text, ulong bytes, nint destructor, byte encoding);
}
