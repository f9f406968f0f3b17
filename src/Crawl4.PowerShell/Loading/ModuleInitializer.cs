using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace Crawl4.PowerShell.Loading;

/// <summary>Tells the runtime where Crawl4.Core is, when PowerShell imports the module. Nothing of it is loaded
/// before a cmdlet runs.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    // One for the process: a second import, or another runspace, must find the same types.
    private static readonly Lazy<DependencyLoadContext?> Dependencies = new(
        () => DependencyLoadContext.TryCreate(typeof(ModuleInitializer).Assembly.Location));

    private static readonly Lock Gate = new();
    private static int _imports;

    /// <summary>Called by PowerShell when the module is imported.</summary>
    public void OnImport()
    {
        lock (Gate)
        {
            if (_imports++ == 0)
            {
                AssemblyLoadContext.Default.Resolving += Resolve;
            }
        }
    }

    /// <summary>Called by PowerShell when the module is removed.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        lock (Gate)
        {
            // Runspaces import and remove on their own; the last one out takes the handler away.
            if (_imports > 0 && --_imports == 0)
            {
                AssemblyLoadContext.Default.Resolving -= Resolve;
            }
        }
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        string.Equals(name.Name, DependencyLoadContext.CoreAssemblyName, StringComparison.OrdinalIgnoreCase)
            ? Dependencies.Value?.LoadFromAssemblyName(name)
            : null;
}
