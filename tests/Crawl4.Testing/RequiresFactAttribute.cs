namespace Crawl4.Testing;

/// <summary>A test that needs something beside the .NET SDK.</summary>
public sealed class RequiresFactAttribute : FactAttribute
{
    public RequiresFactAttribute(params string[] requirements) => Skip = Requirement.SkipReason(requirements);
}

/// <summary>A test over several cases that needs something beside the .NET SDK.</summary>
public sealed class RequiresTheoryAttribute : TheoryAttribute
{
    public RequiresTheoryAttribute(params string[] requirements) => Skip = Requirement.SkipReason(requirements);
}
