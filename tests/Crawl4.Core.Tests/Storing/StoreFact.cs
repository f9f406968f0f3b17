using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Crawl4.Core.Tests.Storing;

/// <summary>On the test class of a store: what that store needs beside the .NET SDK.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StoreNeedsAttribute(string requirement) : Attribute
{
    public string Requirement { get; } = requirement;
}

/// <summary>A test of the contract: skipped where the store under test lacks what it needs.</summary>
[XunitTestCaseDiscoverer("Crawl4.Core.Tests.Storing.StoreFactDiscoverer", "Crawl4.Core.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class StoreFactAttribute : FactAttribute;

/// <summary>The same over several cases.</summary>
[XunitTestCaseDiscoverer("Crawl4.Core.Tests.Storing.StoreTheoryDiscoverer", "Crawl4.Core.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class StoreTheoryAttribute : TheoryAttribute;

public sealed class StoreFactDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo attribute) =>
        Skipped(sink, options, method) ?? new FactDiscoverer(sink).Discover(options, method, attribute);

    internal static IEnumerable<IXunitTestCase>? Skipped(
        IMessageSink sink, ITestFrameworkDiscoveryOptions options, ITestMethod method)
    {
        var need = method.TestClass.Class.ToRuntimeType().GetCustomAttribute<StoreNeedsAttribute>();
        return need is null || Requirement.SkipReason(need.Requirement) is not { } reason ? null
            : [new XunitSkippedDataRowTestCase(sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(),
                method, reason)];
    }
}

public sealed class StoreTheoryDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo attribute) =>
        StoreFactDiscoverer.Skipped(sink, options, method) ?? new TheoryDiscoverer(sink).Discover(options, method, attribute);
}
