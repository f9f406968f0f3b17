using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crawl4.Core.LanguageModels.Calling;

/// <summary>The bytes of a request, with the caller's further properties.</summary>
internal static class RequestJson
{
    public static byte[] Write(JsonObject request, JsonObject? extra)
    {
        foreach (var (name, value) in extra ?? [])
        {
            request[name] = value?.DeepClone();
        }

        return JsonSerializer.SerializeToUtf8Bytes(request);
    }
}
