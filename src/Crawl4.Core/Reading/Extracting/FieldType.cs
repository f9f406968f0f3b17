namespace Crawl4.Core.Reading.Extracting;

/// <summary>What a field takes from the element its selector finds.</summary>
public enum FieldType
{
    /// <summary>Its text.</summary>
    Text,

    /// <summary>An attribute's value.</summary>
    Attribute,

    /// <summary>Its markup, itself included.</summary>
    Html,

    /// <summary>What a regular expression finds in its text, or in what the step before gave.</summary>
    Regex,

    /// <summary>An object of fields, from the first match.</summary>
    Nested,

    /// <summary>A list of objects, one from each match.</summary>
    List,

    /// <summary>A list of objects, one from each match; the same as <see cref="List"/>.</summary>
    NestedList,

    /// <summary>In Crawl4AI, a value computed by code. Code in schemas is never run: the default is the
    /// value.</summary>
    Computed,
}
