using System.Text;

namespace Crawl4.Core.Fetching.Charsets;

/// <summary>The three charsets of the Encoding standard that .NET does not carry, by their upper halves from
/// 0xA0; 0x80 to 0x9F are control characters in all three.</summary>
internal static class SingleByteTables
{
    public const int Iso10 = -10;
    public const int Iso14 = -14;
    public const int Iso16 = -16;

    private const string Upper10 =
        "\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋ"
        + "ĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ";

    private const string Upper14 =
        "\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡ"
        + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ";

    private const string Upper16 =
        "\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸż"
        + "ÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ";

    public static Encoding EncodingOf(int table) => new TableEncoding(table switch
    {
        Iso10 => Upper10,
        Iso14 => Upper14,
        _ => Upper16,
    });

    private sealed class TableEncoding(string upper) : Encoding
    {
        public override int GetCharCount(byte[] bytes, int index, int count) => count;

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
        {
            for (var offset = 0; offset < byteCount; offset++)
            {
                var value = bytes[byteIndex + offset];
                chars[charIndex + offset] = value < 0xA0 ? (char)value : upper[value - 0xA0];
            }

            return byteCount;
        }

        public override int GetMaxCharCount(int byteCount) => byteCount;

        public override int GetMaxByteCount(int charCount) => charCount;

        public override int GetByteCount(char[] chars, int index, int count) =>
            throw new NotSupportedException();

        public override int GetBytes(
            char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
            throw new NotSupportedException();
    }
}
