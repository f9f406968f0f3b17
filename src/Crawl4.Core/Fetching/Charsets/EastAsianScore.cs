using System.Collections.Frozen;

namespace Crawl4.Core.Fetching.Charsets;

/// <summary>Judges a sample read in a multi-byte charset of East Asia, by the characters that its language
/// uses most.</summary>
internal sealed class EastAsianScore
{
    private const string Simplified =
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还"
        + "进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或"
        + "新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太"
        + "量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交"
        + "规万取拉格望觉术领共确传师观清今切院让识候带导争运网页首闻搜索登录版欢迎语言汉字";

    private const string Traditional =
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還"
        + "進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或"
        + "新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太"
        + "量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交"
        + "規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運網頁首聞搜索登錄版歡迎語言漢字臺灣";

    private const string Kanji =
        "日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨会"
        + "同事自社発者地業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野以思家世多正安院心界教文元重近考画海売知道集別物使品計死特私始朝運終台広住無真有口少"
        + "町料工建空急止送切転研足究楽起着店病質待試族銀早映親験英医仕去味写字答夜音注帰古歌買悪図週室歩風紙黒花春赤青館屋色走秋夏習駅洋旅服報情検索表示対応関連";

    private const string Hangul =
        "이다는을의에가고하지은기사도리를로한자인대어시나아스일서해정부수그과제전들있것게보면으만라구장주여니라원내마비오상세세동우조화성공소유신민국개적위안모통연관방회"
        + "경중용학생문간무교선진결영미행분실발년월";

    /// <summary>More malformed pairs than this, and it is another charset; fewer is damage.</summary>
    private const double MostMalformed = 0.01;

    private readonly FrozenSet<char> _common;
    private readonly Func<char, double> _other;

    private EastAsianScore(string charset, string common, Func<char, double> other)
    {
        Charset = charset;
        _common = common.ToFrozenSet();
        _other = other;
    }

    public static IReadOnlyList<EastAsianScore> Candidates { get; } =
    [
        new("shift_jis", Kanji, Japanese),
        new("euc-jp", Kanji, Japanese),
        new("gb18030", Simplified, Chinese),
        new("big5", Traditional, Chinese),
        new("euc-kr", Hangul, Korean),
    ];

    public string Charset { get; }

    /// <summary>The mean over the characters that are not ASCII, or null where too many are
    /// malformed.</summary>
    public double? Score(byte[] sample)
    {
        // A sample may end within a character, which is no fault of the charset's.
        var text = CharsetLabels.EncodingOf(Charset).GetString(sample).AsSpan().TrimEnd('\uFFFD');
        double sum = 0;
        var count = 0;
        var malformed = 0;
        foreach (var c in text)
        {
            if (c < '\u0080')
            {
                continue;
            }

            count++;
            malformed += c is '\uFFFD' or (>= '\u0080' and <= '\u009f') or (>= '\ue000' and <= '\uf8ff')
                ? 1
                : 0;
            sum += _common.Contains(c) ? 1 : Anywhere(c) ?? _other(c);
        }

        return count == 0 || malformed > count * MostMalformed ? null : sum / count;
    }

    private static double? Anywhere(char c) => c switch
    {
        '\uFFFD' or (>= '\ue000' and <= '\uf8ff') => -2,
        (>= '\u3000' and <= '\u303f') or (>= '\uff01' and <= '\uff5e') => 0.3,
        (>= '\u3400' and <= '\u4dbf') or (>= '\ud800' and <= '\udfff') => -1,
        (>= '\uff61' and <= '\uff9f') or (< '\u2000') or (>= '\u2500' and <= '\u27ff') => -0.3,
        _ => null,
    };

    private static double Japanese(char c) => c is >= '\u3040' and <= '\u30ff' ? 1 : 0;

    private static double Chinese(char c) => c is >= '\u3040' and <= '\u30ff' ? -0.5 : 0;

    private static double Korean(char c) => c is >= '\uac00' and <= '\ud7a3' ? 0.5 : -0.3;
}
