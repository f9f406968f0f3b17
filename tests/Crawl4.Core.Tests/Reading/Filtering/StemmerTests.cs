using Crawl4.Core.Reading.Filtering.Stemming;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Tests.Reading.Filtering;

public class StemmerTests
{
    /// <summary>Words with their stems, as the description of Porter2 gives them.</summary>
    [Theory]
    [InlineData("consigned consigning consignment", "consign")]
    [InlineData("consisted consistency consistent consistently consists", "consist")]
    [InlineData("consolation consolations console consoled consoling consolingly", "consol")]
    [InlineData("consolidate consolidated consolidating", "consolid")]
    [InlineData("consolatory", "consolatori")]
    [InlineData("conspicuous conspicuously", "conspicu")]
    [InlineData("knackeries", "knackeri")]
    [InlineData("kneaded kneading", "knead")]
    [InlineData("knitted knitting knits", "knit")]
    [InlineData("knives", "knive")]
    [InlineData("ties", "tie")]
    [InlineData("cries cry", "cri")]
    [InlineData("by", "by")]
    [InlineData("say", "say")]
    [InlineData("gas", "gas")]
    [InlineData("gaps", "gap")]
    [InlineData("kiwis", "kiwi")]
    [InlineData("hoping", "hope")]
    [InlineData("hopping", "hop")]
    [InlineData("luxuriated", "luxuri")]
    [InlineData("generous generously", "generous")]
    [InlineData("communism", "communism")]
    [InlineData("proceeds proceed", "proceed")]
    [InlineData("skies sky", "sky")]
    [InlineData("dying", "die")]
    [InlineData("news", "news")]
    [InlineData("nationally", "nation")]
    [InlineData("relational", "relat")]
    [InlineData("hopefulness hopefully", "hope")]
    [InlineData("adoption adopted", "adopt")]
    [InlineData("crawl's crawls crawled crawling", "crawl")]
    [InlineData("added adding", "add")]
    [InlineData("geologists geology", "geolog")]
    [InlineData("international internationally", "internat")]
    public void Stem_EnglishWord_IsAsDescribed(string words, string stem) =>
        Assert.All(words.Split(' '), word => Assert.Equal(stem, new EnglishStemmer().Stem(word)));

    /// <summary>Words of our own choice, forms of one word in a row.</summary>
    [Theory]
    [InlineData("danish", "husene huset huse", "hus")]
    [InlineData("danish", "venlighed venligt venlige", "ven")]
    [InlineData("danish", "pc'en pc", "pc")]
    [InlineData("de", "häuser häusern hauses haus", "haus")]
    [InlineData("german", "lehrerinnen lehrerin lehrer", "lehr")]
    [InlineData("german", "möglichkeiten möglichkeit möglich", "moglich")]
    [InlineData("german", "moeglich möglich", "moglich")]
    [InlineData("german", "quelle quellen", "quell")]
    [InlineData("spanish", "naciones nación", "nacion")]
    [InlineData("spanish", "comprándola comprando compraron compra", "compr")]
    [InlineData("spanish", "claramente claro claras", "clar")]
    [InlineData("finnish", "taloissa talossa talo", "talo")]
    [InlineData("finnish", "kirjastoissa kirjastossa kirjasto", "kirjasto")]
    [InlineData("french", "l'histoire histoire histoires", "histoir")]
    [InlineData("french", "chevaux cheval", "cheval")]
    [InlineData("french", "continuellement continuelle continuel", "continuel")]
    [InlineData("fr", "naïve naïf", "naïv naïf")]
    [InlineData("italian", "dell'amico amico amici", "amic")]
    [InlineData("italian", "nazionale nazionali", "nazional")]
    [InlineData("italian", "guardandogli guardando guardare", "guard")]
    [InlineData("dutch", "mogelijkheden mogelijkheid mogelijk", "mogelijk")]
    [InlineData("nl", "bomen boom", "bom")]
    [InlineData("norwegian", "husene huset hus", "hus")]
    [InlineData("nb", "skriver skrive skrives", "skriv")]
    [InlineData("portuguese", "nações nação", "naçõ naçã")]
    [InlineData("portuguese", "claramente claro claras", "clar")]
    [InlineData("ru", "книгами книгах книга книги", "книг")]
    [InlineData("russian", "ёлки елки", "елк")]
    [InlineData("swedish", "husen huset hus", "hus")]
    [InlineData("sv", "möjligheterna möjligheter möjlighet", "möj")]
    public void Stem_Forms_AreOne(string language, string words, string stems)
    {
        var stemmer = Stemmers.Of(language, PageParser.Parse(""))!;
        Assert.Equal(stems.Split(' '), words.Split(' ').Select(stemmer.Stem).Distinct());
    }

    [Theory]
    [InlineData("<html lang=de-AT>", "häuser", "haus")]
    [InlineData("<html lang=' FR '>", "chevaux", "cheval")]
    [InlineData("<html lang=''>", "crawled", "crawl")]
    [InlineData("<html>", "crawled", "crawl")]
    public void Of_NoLanguage_TakesThePages(string html, string word, string stem) =>
        Assert.Equal(stem, Stemmers.Of("", PageParser.Parse(html))!.Stem(word));

    [Fact]
    public void Of_PageInALanguageWithoutStems_IsNone() =>
        Assert.Null(Stemmers.Of(" ", PageParser.Parse("<html lang=cs>")));

    [Theory]
    [InlineData("english")]
    [InlineData("danish")]
    [InlineData("dutch")]
    [InlineData("finnish")]
    [InlineData("french")]
    [InlineData("german")]
    [InlineData("italian")]
    [InlineData("norwegian")]
    [InlineData("portuguese")]
    [InlineData("russian")]
    [InlineData("spanish")]
    [InlineData("swedish")]
    public void Stem_AnyLetters_NeverThrows(string language)
    {
        const int Seed = 7;
        const string Letters = "aeiouysdtlngzbéßïëhcqrmk'漢аеившнсьтёäöå";
        var random = new Random(Seed);
        var stemmer = Stemmers.Of(language, PageParser.Parse(""))!;
        for (var round = 0; round < 5_000; round++)
        {
            var word = new string([.. Enumerable.Range(0, random.Next(12))
                .Select(_ => Letters[random.Next(Letters.Length)])]);
            Assert.InRange(stemmer.Stem(word).Length, 0, word.Length + 3);
        }
    }
}
