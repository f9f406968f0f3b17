using System.Globalization;
using System.Text;

namespace Crawl4.Core.LanguageModels.Extracting;

/// <summary>Mends what small models do most often: line breaks and tabs within strings as they are.</summary>
internal static class LineBreaks
{
    /// <summary>JSON with the control characters of its strings escaped, or null where there are none.</summary>
    public static byte[]? Escaped(ReadOnlySpan<byte> json)
    {
        var mended = new List<byte>(json.Length + 16);
        var isText = false;
        var isEscaped = false;
        foreach (var each in json)
        {
            if (isText && each < ' ')
            {
                // A break after a backslash is that backslash's: "\<LF>" means the break.
                var code = (isEscaped ? "u" : "\\u") + each.ToString("x4", CultureInfo.InvariantCulture);
                mended.AddRange(Encoding.ASCII.GetBytes(code));
                isEscaped = false;
                continue;
            }

            mended.Add(each);
            isText ^= each == '"' && !isEscaped;
            isEscaped = isText && each == '\\' && !isEscaped;
        }

        return mended.Count == json.Length ? null : [.. mended];
    }
}
