namespace Crawl4.Core.Reading.Extracting.Catalogue;

/// <summary>Tells payment card numbers from other long numbers: by the network their first digits stand for, its
/// lengths, and the Luhn check digit. Digits may stand in groups.</summary>
internal static class CardNumbers
{
    private const int MaxDigits = 19;

    public static int Valid(string text, int start, int length)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        var count = 0;
        foreach (var c in text.AsSpan(start, length))
        {
            if (c is ' ' or '-')
            {
                continue;
            }

            if (!char.IsAsciiDigit(c) || count == MaxDigits)
            {
                return 0;
            }

            digits[count++] = (byte)(c - '0');
        }

        return IsOfANetwork(digits[..count]) && PassesLuhn(digits[..count]) ? length : 0;
    }

    private static bool IsOfANetwork(ReadOnlySpan<byte> digits)
    {
        var two = (digits[0] * 10) + digits[1];
        var three = (two * 10) + digits[2];
        var four = (three * 10) + digits[3];
        return digits.Length switch
        {
            13 => digits[0] == 4,
            14 => two is 36 or 38 or 39 || three is >= 300 and <= 305,
            15 => two is 34 or 37,
            16 => digits[0] == 4 || two is >= 51 and <= 55 || four is >= 2221 and <= 2720
                || four == 6011 || two == 65 || three is >= 644 and <= 649 || four is >= 3528 and <= 3589 || two == 62,
            19 => digits[0] == 4 || four == 6011 || two is 62 or 65,
            _ => false,
        };
    }

    private static bool PassesLuhn(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            var isDoubled = (digits.Length - at) % 2 == 0;
            var value = isDoubled ? digits[at] * 2 : digits[at];
            sum += value > 9 ? value - 9 : value;
        }

        return sum % 10 == 0;
    }
}
