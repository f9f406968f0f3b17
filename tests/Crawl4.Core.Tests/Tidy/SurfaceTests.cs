using System.Reflection;
using Crawl4.Core.Crawling;

namespace Crawl4.Core.Tests.Tidy;

/// <summary>Core's public surface is its own: whoever uses it needs no package of Core's, and Core needs no front
/// end.</summary>
public class SurfaceTests
{
    private static readonly Assembly Core = typeof(Crawl4Engine).Assembly;

    [Theory]
    [InlineData("System.Management.Automation")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("System.Console")]
    [InlineData("Microsoft.Extensions")]
    public void Core_References_NoFrontEnd(string prefix) => Assert.DoesNotContain(
        Core.GetReferencedAssemblies(), name => name.Name!.StartsWith(prefix, StringComparison.Ordinal));

    [Fact]
    public void PublicSurface_OfCore_ShowsOnlyItsOwnAndTheFrameworksTypes() => Findings.AssertNone(
        from type in Core.GetExportedTypes()
        from used in TypesShown(type).SelectMany(Unwrap).Distinct()
        where used.Assembly != Core && !IsFramework(used.Assembly)
        select $"{type} shows {used}");

    [Fact]
    public void PublicClasses_OfCore_AreSealedOrClosed() => Findings.AssertNone(
        from type in Core.GetExportedTypes()
        where type.IsClass && !type.IsSealed && !typeof(Attribute).IsAssignableFrom(type) && !IsClosed(type)
        select type.FullName);

    /// <summary>True for a record that only Core can derive from: the one of several kinds.</summary>
    private static bool IsClosed(Type type) => type.IsAbstract
        && type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(constructor => constructor.GetParameters().FirstOrDefault()?.ParameterType != type)
            .All(constructor => constructor.IsFamilyAndAssembly);

    private static bool IsFramework(Assembly assembly) =>
        assembly.Location.StartsWith(Path.GetDirectoryName(typeof(object).Assembly.Location)!, StringComparison.Ordinal);

    private static IEnumerable<Type> TypesShown(Type type)
    {
        const BindingFlags Shown =
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return
        [
            .. type.BaseType is null ? [] : new[] { type.BaseType },
            .. type.GetInterfaces(),
            .. type.GetFields(Shown).Select(field => field.FieldType),
            .. type.GetProperties(Shown).Select(property => property.PropertyType),
            .. type.GetConstructors(Shown).SelectMany(constructor => constructor.GetParameters()).Select(p => p.ParameterType),
            .. type.GetMethods(Shown).SelectMany(method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType)),
        ];
    }

    private static IEnumerable<Type> Unwrap(Type type) => type.HasElementType
        ? Unwrap(type.GetElementType()!)
        : type.IsGenericType
            ? type.GetGenericArguments().SelectMany(Unwrap).Append(type.GetGenericTypeDefinition())
            : [type];
}
