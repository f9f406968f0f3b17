using System.Collections.Frozen;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>English words that say how a sentence is built and not what it is about. A query that has them would
/// find every block of text. In other languages they are told by how common they are on the page.</summary>
internal static class StopWords
{
    private const string Articles = "a an the this that these those such";

    private const string Pronouns =
        "i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself we "
        + "us our ours ourselves they them their theirs themselves who whom whose which what each";

    private const string Verbs =
        "am is are was were be been being has have had having do does did doing can cannot could may might must shall "
        + "should will would";

    private const string Prepositions =
        "about above across after against along among around at before behind below beneath beside between beyond by "
        + "down during except for from in inside into near of off on onto out outside over past through to toward "
        + "towards under underneath until up upon with within without";

    private const string Conjunctions =
        "and but or nor so yet if because since unless although though while whereas than as when where why how";

    private const string Others = "all any both few more most no none not other some there here then too very";

    public static readonly FrozenSet<string> English = string.Join(
        ' ', Articles, Pronouns, Verbs, Prepositions, Conjunctions, Others).Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
