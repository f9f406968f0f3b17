namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>The Russian Snowball stemmer, after its published description.</summary>
internal sealed class RussianStemmer : IStemmer
{
    private const string Vowels = "аеиоуыэюя";

    /// <summary>The first group of a class must follow а or я.</summary>
    private static readonly Endings Gerund = new("в вши вшись", "ив ивши ившись ыв ывши ывшись");

    private static readonly Endings Adjective = new(
        "ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею");

    private static readonly Endings Participle = new("ем нн вш ющ щ", "ивш ывш ующ");

    private static readonly Endings Verb = new(
        "ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно",
        "ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю");

    private static readonly Endings Noun = new(
        "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я");

    public string Stem(string text)
    {
        var word = new StemWord(text, Vowels);
        word.Swap("ё", "е");
        word.FindRegions();
        word.VerbRegion = word.Behind(vowel: true, 0);
        if (!CutClass(word, Gerund))
        {
            _ = word.Cut("ся", word.VerbRegion) || word.Cut("сь", word.VerbRegion);
            if (CutClass(word, Adjective, grouped: false))
            {
                CutClass(word, Participle);
            }
            else
            {
                _ = CutClass(word, Verb) || CutClass(word, Noun, grouped: false);
            }
        }

        word.Cut("и", word.VerbRegion);
        _ = word.Cut("ость", Math.Max(word.Second, word.VerbRegion)) || word.Cut("ост", Math.Max(word.Second, word.VerbRegion));
        _ = (word.Ends("нн", word.VerbRegion) && word.Cut(1)) || Superlative(word) || word.Cut("ь", word.VerbRegion);
        return word.ToString();
    }

    private static bool Superlative(StemWord word)
    {
        if (!word.Cut("ейше", word.VerbRegion) && !word.Cut("ейш", word.VerbRegion))
        {
            return false;
        }

        _ = word.Ends("нн", word.VerbRegion) && word.Cut(1);
        return true;
    }

    private static bool CutClass(StemWord word, Endings endings, bool grouped = true)
    {
        var region = word.From(word.VerbRegion);
        var (group, length) = endings.Longest(region);
        var afterVowel = grouped && group is "в" or "ем" or "ла";
        return group is not null
            && (!afterVowel || (region.Length > length && region[^(length + 1)] is 'а' or 'я'))
            && word.Cut(length);
    }
}
