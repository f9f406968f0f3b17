using System.Reflection;
using System.Runtime.Loader;

namespace Crawl4.PowerShell.Loading;

/// <summary>Holds Crawl4.Core and all that it needs apart from what PowerShell and other modules have loaded, so
/// that two modules can carry two versions of one library.</summary>
internal sealed class DependencyLoadContext : AssemblyLoadContext
{
    public const string CoreAssemblyName = "Crawl4.Core";
    private const string FolderName = "dependencies";

    private readonly AssemblyDependencyResolver _resolver;

    // Not collectible: PowerShell keeps types of it in its caches for ever, so it could never be collected anyway.
    private DependencyLoadContext(string corePath)
        : base("Crawl4", isCollectible: false) => _resolver = new AssemblyDependencyResolver(corePath);

    /// <summary>The context over the dependencies folder beside the module's assembly, or null where there is
    /// none, as in a test's output folder.</summary>
    public static DependencyLoadContext? TryCreate(string moduleAssemblyPath)
    {
        var folder = Path.Combine(Path.GetDirectoryName(moduleAssemblyPath) ?? "", FolderName);
        var corePath = Path.Combine(folder, CoreAssemblyName + ".dll");
        return File.Exists(corePath) ? new DependencyLoadContext(corePath) : null;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = _resolver.ResolveAssemblyToPath(assemblyName);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = _resolver.ResolveUnmanagedDllToPath(unmanagedDllName);
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }
}
