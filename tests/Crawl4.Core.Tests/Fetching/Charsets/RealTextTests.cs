using System.Text;
using Crawl4.Core.Fetching.Charsets;

namespace Crawl4.Core.Tests.Fetching.Charsets;

/// <summary>Real pages, written anew in the charsets that their languages were written in before
/// UTF-8.</summary>
public sealed class RealTextTests
{
    private static readonly Dictionary<(string Charset, Rune Rune), bool> Held = [];

    private static readonly string[] Legacy =
    [
        "windows-1252", "windows-1250", "iso-8859-2", "windows-1251", "koi8-r", "windows-1253",
            "windows-1254",
        "windows-1255", "windows-1256", "windows-874", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr",
    ];

    [RequiresFact(Requirement.SharedData)]
    public void Detect_RealPageInALegacyCharset_IsReadAsItWasWritten()
    {
        var tried = 0;
        var failures = new List<string>();
        foreach (var page in SharedPage.ReadAll())
        {
            var bytes = page.ReadBytes();
            if (!Utf8Evidence.Of(bytes).IsProven)
            {
                continue;
            }

            var text = Encoding.UTF8.GetString(bytes);
            foreach (var charset in Legacy.Where(charset => Fits(charset, text)))
            {
                // What the charset does not have is written as a reference, as pages of that time did.
                var old = string.Concat(text.EnumerateRunes().Select(rune =>
                    CanHold(charset, rune) ? rune.ToString() : $"&#{rune.Value};"));
                var written = CharsetLabels.EncodingOf(charset).GetBytes(old);
                var guess = CharsetDetector.Detect(written);
                tried++;
                if (CharsetChoice.Decode(written, guess.Name) != old)
                {
                    failures.Add($"{page.Path} in {charset} taken for {guess}");
                }
            }
        }

        Assert.True(tried >= 10, $"only {tried} tried");
        Assert.Empty(failures);
    }

    /// <summary>Nearly all letters of the page are in the charset, enough of them to tell; and East Asian
    /// charsets are for East Asian pages, though they hold much else.</summary>
    private static bool Fits(string charset, string text)
    {
        var letters = text.EnumerateRunes().Where(rune => rune.Value >= 0x80 && Rune.IsLetter(rune)).ToList();
        var eastAsian = letters.Count(
            rune => rune.Value is (>= 0x3040 and <= 0x9fff) or (>= 0xac00 and <= 0xd7a3));
        var isEastAsian = charset is "shift_jis" or "euc-jp" or "gb18030" or "big5" or "euc-kr";
        return letters.Count >= 10
            && isEastAsian == eastAsian > letters.Count / 2
            && letters.Count(rune => CanHold(charset, rune)) >= letters.Count * 0.98
            && charset != "gb18030";
    }

    private static bool CanHold(string charset, Rune rune)
    {
        if (rune.Value < 0x80)
        {
            return true;
        }

        if (!Held.TryGetValue((charset, rune), out var held))
        {
            var encoding = CharsetLabels.EncodingOf(charset);
            held = Held[(
                charset, rune)] = encoding.GetString(encoding.GetBytes(rune.ToString())) == rune.ToString();
        }

        return held;
    }
}
