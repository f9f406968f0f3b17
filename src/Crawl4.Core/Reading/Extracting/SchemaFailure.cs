namespace Crawl4.Core.Reading.Extracting;

/// <summary>Says what is wrong with a schema, where, and what is allowed.</summary>
internal static class SchemaFailure
{
    public static Crawl4Exception At(string path, string what, string advice, Exception? cause = null) =>
        new Crawl4Error(Crawl4ErrorCode.OptionInvalid, $"The schema's {path} {what}.", path) { Advice = advice }
            .ToException(cause);
}
