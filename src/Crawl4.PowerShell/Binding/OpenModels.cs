using Crawl4.Core.Diagnostics;
using Crawl4.Core.LanguageModels;

namespace Crawl4.PowerShell.Binding;

/// <summary>Connections to the models of one command.</summary>
internal sealed class OpenModels : IDisposable
{
    /// <summary>Connects to what is named. Keys come from the process's environment.</summary>
    public OpenModels(ModelEndpoint? chat, ModelEndpoint? embedding, IEventSink events)
    {
        Chat = Open(chat, events);
        Embedding = Open(embedding, events);
    }

    /// <summary>Answers questions. Null where none is named.</summary>
    public ModelClient? Chat { get; }

    /// <summary>Turns texts into vectors. Null where none is named.</summary>
    public ModelClient? Embedding { get; }

    public void Dispose()
    {
        Chat?.Dispose();
        Embedding?.Dispose();
    }

    private static ModelClient? Open(ModelEndpoint? endpoint, IEventSink events) => endpoint is null
        ? null
        : new ModelClient(endpoint, Environment.GetEnvironmentVariable, new Random(), TimeProvider.System, events);
}
