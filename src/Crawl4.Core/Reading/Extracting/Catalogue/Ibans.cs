using System.Collections.Frozen;
using System.Globalization;

namespace Crawl4.Core.Reading.Extracting.Catalogue;

/// <summary>Tells IBANs from identifiers that look like one: by the country's length and the check digits of
/// ISO 13616. Characters may stand in groups of four, as they are printed.</summary>
internal static class Ibans
{
    private const int MaxLength = 34;

    /// <summary>Each country of the registry with the length of its IBANs.</summary>
    private const string Countries =
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 "
        + "ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 "
        + "LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 "
        + "PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 "
        + "YE30";

    private static readonly FrozenDictionary<string, int> Lengths = Countries.Split(' ').ToFrozenDictionary(
        country => country[..2], country => int.Parse(country[2..], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>The length of the IBAN that begins here, spaces included: what follows it may look like more of
    /// it.</summary>
    public static int Valid(string text, int start, int length)
    {
        Span<char> compact = stackalloc char[MaxLength];
        var count = 0;
        var wanted = MaxLength;
        var isGrouped = length > 4 && text[start + 4] == ' ';
        for (var at = start; at < start + length; at++)
        {
            if (text[at] == ' ')
            {
                if (!isGrouped || count % 4 != 0)
                {
                    return 0;
                }

                continue;
            }

            // Non-ASCII letters that only fold to ASCII ones fail here.
            compact[count++] = char.ToUpperInvariant(text[at]);
            if (count == 2 && !Lengths.TryGetValue(compact[..2].ToString(), out wanted))
            {
                return 0;
            }

            if (count == wanted)
            {
                return EndsAt(text, at + 1) && HasCheckDigits(compact[..count]) ? at + 1 - start : 0;
            }
        }

        return 0;
    }

    private static bool EndsAt(string text, int at) => at == text.Length || !char.IsLetterOrDigit(text[at]);

    private static bool HasCheckDigits(ReadOnlySpan<char> iban)
    {
        var rest = 0;
        for (var at = 0; at < iban.Length; at++)
        {
            var c = iban[(at + 4) % iban.Length];
            if (!char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }

            rest = char.IsAsciiDigit(c) ? ((rest * 10) + (c - '0')) % 97 : ((rest * 100) + (c - 'A' + 10)) % 97;
        }

        return rest == 1;
    }
}
