using System.Collections;
using System.Management.Automation;
using System.Text;
using System.Xml;
using Crawl4.Core.Crawling;

namespace Crawl4.PowerShell.Binding;

/// <summary>A document as it came down the pipeline, ready to be read elsewhere.</summary>
internal sealed record InputDocument
{
    /// <summary>Its HTML, where it came as text.</summary>
    public string? Html { get; init; }

    /// <summary>Its bytes, where it came as such.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The file to read, where it is one.</summary>
    public string? Path { get; init; }

    /// <summary>Where it is from. Empty where nobody knows.</summary>
    public string Url { get; init; } = "";

    /// <summary>Its Content-Type, where a server said it.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>What the user can work on with when it fails.</summary>
    public required object Source { get; init; }

    /// <summary>The document that an object is or carries, or null: a file, bytes, an answer of Invoke-WebRequest, a
    /// result or entry of this module, or whatever has HTML in a property Html or Content.</summary>
    public static InputDocument? Of(PSObject value) => value.BaseObject switch
    {
        FileInfo file => new() { Path = file.FullName, Source = file },
        byte[] body => new() { Body = body, Source = value },
        XmlNode xml => new()
        {
            Body = Encoding.UTF8.GetBytes(xml.OuterXml), ContentType = "application/xml; charset=utf-8", Source = value,
        },
        CrawlResult result => new() { Html = result.Html, Url = result.RedirectedUrl ?? result.Url, Source = result },
        _ => Answer(value) ?? WithHtml(value, "Html") ?? WithHtml(value, "Content"),
    };

    // The type is PowerShell's own, which the reference assembly does not have. Its bytes are taken and not its text:
    // that is decoded by the header alone, whatever the page says of itself.
    private static InputDocument? Answer(PSObject value)
    {
        if (Property(value, "RawContentStream") is not MemoryStream body)
        {
            return null;
        }

        var request = Property(Property(value, "BaseResponse"), "RequestMessage");
        return new()
        {
            Body = body.ToArray(),
            Url = (Property(request, "RequestUri") as Uri)?.AbsoluteUri ?? "",
            ContentType = Property(value, "Headers") is IDictionary headers ? HeaderText.ValueOf(headers, "Content-Type") : "",
            Source = value,
        };
    }

    private static InputDocument? WithHtml(PSObject value, string property) => Property(value, property) is string html
        ? new()
        {
            Html = html,
            Url = UrlOf(value, "RedirectedUrl") ?? UrlOf(value, "Url") ?? UrlOf(value, "Uri") ?? "",
            Source = value,
        }
        : null;

    private static string? UrlOf(PSObject value, string property) =>
        Property(value, property)?.ToString() is { Length: > 0 } url ? url : null;

    private static object? Property(object? value, string name)
    {
        var found = value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
        return found is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : found;
    }
}
