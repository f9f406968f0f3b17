using System.Text;

namespace Crawl4.Core.Reading.Texts;

/// <summary>Reads comma-separated values (RFC 4180; semicolons and tabs too) and writes them as a
/// table.</summary>
internal static class CsvTable
{
    /// <summary>A longer table is of more use as the file it was.</summary>
    public const int MaxRows = 5_000;

    /// <summary>A wider one as well.</summary>
    public const int MaxColumns = 100;

    /// <summary>The table, or null where the rows are not of one width, or too many.</summary>
    public static PageTable? Read(string csv)
    {
        var separator = Separator(csv);
        var rows = Rows(csv, separator);
        if (rows is null || rows.Count == 0 || rows[0].Count is < 2 or > MaxColumns
            || rows.Exists(row => row.Count != rows[0].Count))
        {
            return null;
        }

        return new PageTable
        {
            Headers = rows[0],
            Rows = rows[1..],
            Metadata = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["row_count"] = rows.Count - 1,
                ["column_count"] = rows[0].Count,
                ["has_headers"] = true,
                ["has_caption"] = false,
                ["has_summary"] = false,
            },
        };
    }

    /// <summary>The separator that the first line has most of.</summary>
    private static char Separator(string csv)
    {
        var line = csv.AsSpan();
        var end = line.IndexOfAny('\n', '\r');
        line = end < 0 ? line : line[..end];
        var best = ',';
        foreach (var candidate in ";\t")
        {
            best = line.Count(candidate) > line.Count(best) ? candidate : best;
        }

        return best;
    }

    private static List<List<string>>? Rows(string csv, char separator)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var index = 0; index < csv.Length; index++)
        {
            var c = csv[index];
            if (quoted)
            {
                if (c == '"' && index + 1 < csv.Length && csv[index + 1] == '"')
                {
                    index++;
                }
                else if (c == '"')
                {
                    quoted = false;
                    continue;
                }

                cell.Append(c);
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == separator)
            {
                row.Add(cell.ToString());
                cell.Clear();
            }
            else if (c is '\n' or '\r')
            {
                EndRow(rows, ref row, cell);
            }
            else
            {
                cell.Append(c);
            }

            if (rows.Count > MaxRows || row.Count > MaxColumns)
            {
                return null;
            }
        }

        EndRow(rows, ref row, cell);
        return quoted ? null : rows;
    }

    private static void EndRow(List<List<string>> rows, ref List<string> row, StringBuilder cell)
    {
        if (row.Count > 0 || cell.Length > 0)
        {
            row.Add(cell.ToString());
            rows.Add(row);
            row = [];
            cell.Clear();
        }
    }
}
