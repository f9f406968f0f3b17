using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crawl4.Core.LanguageModels.Calling;

/// <summary>The bytes of a request, with the caller's further properties.</summary>
internal static class RequestJson
{
    /// <summary>Text outside ASCII as it is: escaped it would take twice the bytes. Nothing here is put into
    /// HTML.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(JsonObject request, JsonObject? extra)
    {
        foreach (var (name, value) in extra ?? [])
        {
            request[name] = value?.DeepClone();
        }

        return JsonSerializer.SerializeToUtf8Bytes(request, Plain);
    }
}
