namespace Crawl4.Core.LanguageModels;

/// <summary>How a model is told to answer in JSON, by <c>response_format</c>.</summary>
public enum AnswerFormat
{
    /// <summary>By words alone, for endpoints that know no other way.</summary>
    Text,

    /// <summary><c>json_object</c>: any JSON object.</summary>
    JsonObject,

    /// <summary><c>json_schema</c>: an object of a schema, where the question has one.</summary>
    JsonSchema,
}
