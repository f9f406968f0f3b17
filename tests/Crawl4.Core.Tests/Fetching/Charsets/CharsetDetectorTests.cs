using System.Text;
using Crawl4.Core.Fetching.Charsets;

namespace Crawl4.Core.Tests.Fetching.Charsets;

public sealed class CharsetDetectorTests
{
    private const string Russian =
        "Программа читает страницы и хранит их в базе данных, чтобы их можно было прочитать снова.";
    private const string Ukrainian =
        "Програма читає сторінки і зберігає їх у базі даних, щоб їх можна було прочитати знову. Її ще є.";
    private const string Greek =
        "Το πρόγραμμα διαβάζει τις σελίδες και τις αποθηκεύει στη βάση δεδομένων για αργότερα.";
    private const string Hebrew =
        "התוכנית קוראת את הדפים ושומרת אותם במסד הנתונים כדי שאפשר יהיה לקרוא אותם שוב.";
    private const string Arabic =
        "يقرأ البرنامج الصفحات ويحفظها في قاعدة البيانات حتى يمكن قراءتها مرة أخرى في وقت لاحق.";
    private const string Thai =
        "โปรแกรมอ่านหน้าเว็บและเก็บไว้ในฐานข้อมูลเพื่อให้สามารถอ่านได้อีกครั้งในภายหลัง";
    private const string German =
        "Die schöne Größe der Straße ließ die Prüfer über „Qualität“ grübeln – für 5 €.";
    private const string French =
        "Où est passée la leçon d'été ? Le garçon a déjà goûté à l'œuvre française, très élégante.";
    private const string Spanish =
        "¿Qué pasó mañana? El niño comió más piña y cantó una canción en español, según él.";
    private const string Portuguese =
        "As informações não estão disponíveis; é necessário que você faça a avaliação das opções amanhã.";
    private const string Italian =
        "La città è più bella perché c'è la libertà; però così non andrà, né di qua né di là.";
    private const string Danish =
        "På øen så vi både får og køer, og æblerne var grønne; vi måtte spørge om vejen til åen.";
    private const string Polish =
        "Zażółć gęślą jaźń; program czyta strony i przechowuje je, żeby można było je później przeczytać.";
    private const string Czech =
        "Příliš žluťoučký kůň úpěl ďábelské ódy; program čte stránky a ukládá je do databáze.";
    private const string Hungarian =
        "Árvíztűrő tükörfúrógép; a program beolvassa az oldalakat, és később újra elő tudja őket venni.";
    private const string Turkish = "Program sayfaları okur ve veritabanına kaydeder; böylece daha sonra yeniden okunabilir, çünkü değişmiş olabilir. Işığı açtığında şaşırdı.";
    private const string Lithuanian = "Programa skaito puslapius ir saugo juos duomenų bazėje, kad būtų galima juos vėliau perskaityti. Ąžuolų šakos žydėjo, čia įėjo ūkininkė.";
    private const string Japanese = "このプログラムはページを読み込み、データベースに保存します。あとで読むことができます。";
    private const string Simplified = "这个程序读取网页并保存到数据库中，以便以后可以再次阅读。中国人民的语言是汉语。";
    private const string Traditional = "這個程式讀取網頁並儲存到資料庫中，以便以後可以再次閱讀。臺灣的語言是國語。";
    private const string Korean = "이 프로그램은 페이지를 읽고 데이터베이스에 저장하여 나중에 다시 읽을 수 있게 합니다.";

    public static TheoryData<string, string> Texts => new()
    {
        { "utf-8", Russian }, { "utf-8", Japanese }, { "utf-8", German }, { "utf-16le", German },
            { "utf-16be", French },
        { "windows-1251", Russian }, { "koi8-r", Russian }, { "ibm866", Russian }, { "iso-8859-5", Russian },
        { "windows-1251", Ukrainian }, { "koi8-u", Ukrainian },
        { "windows-1253", Greek }, { "iso-8859-7", Greek }, { "windows-1255", Hebrew }, { "windows-1256",
            Arabic },
        { "iso-8859-6", Arabic }, { "windows-874", Thai },
        { "windows-1252", German }, { "windows-1252", French }, { "windows-1252", Spanish },
        { "windows-1252", Portuguese }, { "windows-1252", Italian }, { "windows-1252", Danish },
        { "windows-1250", Polish }, { "windows-1250", Czech }, { "windows-1250", Hungarian },
        { "iso-8859-2", Polish }, { "iso-8859-2", Czech }, { "windows-1254", Turkish }, { "windows-1257",
            Lithuanian },
        { "shift_jis", Japanese }, { "euc-jp", Japanese }, { "iso-2022-jp", Japanese },
        { "gb18030", Simplified }, { "big5", Traditional }, { "euc-kr", Korean },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Choose_PageThatSaysNothing_IsReadAsItWasWritten(string charset, string text)
    {
        var page =
            $"<html><head><title>{text[..20]}</title></head><body><p>{text}</p><p>{text}</p></body></html>";
        var bytes = CharsetLabels.EncodingOf(charset).GetBytes(page);

        var chosen = CharsetChoice.Choose(bytes, null, declaresItself: true);

        Assert.Equal(page, CharsetChoice.Decode(bytes, chosen));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Choose_PageThatSays_IsReadAsItSays(string charset, string text)
    {
        var page = $"<html><head><meta charset=\"{charset}\"></head><body><p>{text}</p></body></html>";
        var bytes = CharsetLabels.EncodingOf(charset).GetBytes(page);

        Assert.Equal(
            page, CharsetChoice.Decode(bytes, CharsetChoice.Choose(bytes, null, declaresItself: true)));
        Assert.Equal(
            page, CharsetChoice.Decode(bytes, CharsetChoice.Choose(bytes, charset, declaresItself: true)));
    }

    [Fact]
    public void Detect_RandomBytes_NeverThrows()
    {
        const int Seed = 20262;
        var random = new Random(Seed);
        for (var round = 0; round < 500; round++)
        {
            var bytes = new byte[random.Next(0, 400)];
            random.NextBytes(bytes);
            var name = CharsetChoice.Choose(bytes, null, declaresItself: true);
            Assert.True(CharsetChoice.Decode(bytes, name) is not null, $"seed {Seed} round {round}");
        }
    }
}
