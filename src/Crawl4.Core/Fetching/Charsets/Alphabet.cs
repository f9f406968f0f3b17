using System.Collections.Frozen;

namespace Crawl4.Core.Fetching.Charsets;

/// <summary>The letters beyond ASCII that a language uses, in one charset that it is written in.</summary>
internal sealed class Alphabet
{
    /// <summary>Frequent letters, usual ones, rare ones.</summary>
    private static readonly double[] Weights = [1.0, 0.85, 0.7];

    private const string Russian = "оеаинтсрвл/кмдпуяыьгзбч/йхжшюцщэфъё";
    private const string Ukrainian = "оеаинтсрвлі/кмдпуяьгзбч/йхжшюцщфїєґ";

    /// <summary>Where two readings are equally good the first is taken: by how common the charsets
    /// are.</summary>
    public static readonly IReadOnlyList<Alphabet> All =
    [
        Latin("windows-1252", "éàèêçùîôâûëïœæ"), Latin("windows-1252", "äöüß"),
        Latin("windows-1252", "áéíóúñü"), Latin("windows-1252", "áâãàçéêíóôõú"),
        Latin("windows-1252", "àèéìòù"),
        Latin("windows-1252", "åäöæøé"), Latin("windows-1252", "áéíóúýðþæö"),
        Latin("windows-1252", "//éàäöüèáíóñçãßêúâôåøæîïëûœìòùýðþõ"),
        Latin("windows-1250", "áéíóúýčďěňřšťůžľĺŕôä"), Latin("windows-1250", "ąćęłńóśźż"),
        Latin("windows-1250", "áéíóöőúüű"), Latin("windows-1250", "ăâîşţ"), Latin("windows-1250", "čćđšž"),
        Latin("iso-8859-2", "áéíóúýčďěňřšťůžľĺŕôä"), Latin("iso-8859-2", "ąćęłńóśźż"),
        Latin("windows-1254", "ığşçöüâî"),
        Latin("windows-1257", "ąčęėįšųūž"), Latin("windows-1257", "āčēģīķļņšūž"),
        Own("windows-1251", Russian), Own("windows-1251", Ukrainian),
        Own("koi8-r", Russian), Own("koi8-u", Ukrainian),
        Own("ibm866", Russian), Own("iso-8859-5", Russian),
        Own("windows-1253", "αοιετνσηυρ/πκμλςάίόέδω/ήύώγχθβφξζψϊϋΐΰ"),
        Own("iso-8859-7", "αοιετνσηυρ/πκμλςάίόέδω/ήύώγχθβφξζψϊϋΐΰ"),
        Own("windows-1255", "יוהלאתרמבש/נםעחדקפכגטסזןצ/ךףץ"),
        Own("windows-1256", "ايلنمورتبه/عدسكفقجحةىأشط/خصضذثزظغئءؤإآپچژگ"),
        Own("iso-8859-6", "ايلنمورتبه/عدسكفقجحةىأشط/خصضذثزظغئءؤإآ"),
        Own("windows-874", "านรอกเงมยล่้ัิี/วดทสตะปบคหแจ็ื์ุูำพ/ชขใไโผถซธศษญณภฐฏฎฑฒฌฟฝฉฮฬฆ๊๋ๆฯ"),
    ];

    private readonly FrozenDictionary<char, double> _weights;
    private readonly Lazy<char[]> _decoded;

    private Alphabet(string charset, string letters, bool isLatin)
    {
        Charset = charset;
        IsLatin = isLatin;
        var weights = new Dictionary<char, double>();
        foreach (var (index, group) in letters.Split('/').Index())
        {
            foreach (var letter in group)
            {
                weights.TryAdd(letter, Weights[index]);
            }
        }

        _weights = weights.ToFrozenDictionary();
        _decoded = new Lazy<char[]>(() => CharsetLabels.EncodingOf(charset)
            .GetString([.. Enumerable.Range(0, 256).Select(value => (byte)value)])
            .ToCharArray());
    }

    public string Charset { get; }

    /// <summary>True where ASCII letters stand in the same words.</summary>
    public bool IsLatin { get; }

    /// <summary>What each byte means.</summary>
    public char[] Decoded => _decoded.Value;

    /// <summary>How usual a letter is, or null where the language does not have it.</summary>
    public double? WeightOf(char letter) =>
        _weights.TryGetValue(char.ToLowerInvariant(letter), out var weight) ? weight : null;

    private static Alphabet Latin(string charset, string letters) => new(charset, letters, isLatin: true);

    private static Alphabet Own(string charset, string letters) => new(charset, letters, isLatin: false);
}
