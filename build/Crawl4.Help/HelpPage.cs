namespace Crawl4.Help;

/// <summary>What a cmdlet's page says.</summary>
internal sealed record HelpPage(string Name)
{
    public string Synopsis { get; init; } = "";

    public IReadOnlyList<string> Description { get; init; } = [];

    /// <summary>Names of parameter sets, the default one first.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    public IReadOnlyList<HelpExample> Examples { get; init; } = [];

    public IReadOnlyList<HelpParameter> Parameters { get; init; } = [];

    public IReadOnlyList<HelpType> Inputs { get; init; } = [];

    public IReadOnlyList<HelpType> Outputs { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<HelpLink> Links { get; init; } = [];
}

internal sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks);

/// <summary>A type that goes in or comes out.</summary>
internal sealed record HelpType(string Name, IReadOnlyList<string> Description);

internal sealed record HelpLink(string Text, string Uri);

/// <summary>A parameter, with its facts for each group of parameter sets.</summary>
internal sealed record HelpParameter(string Name, IReadOnlyList<string> Description, IReadOnlyList<ParameterFacts> Facts)
{
    /// <summary>The facts in one set, or null where the set does not have the parameter.</summary>
    public ParameterFacts? In(string set) => Facts.FirstOrDefault(facts => facts.IsIn(set));
}

/// <summary>What the YAML block under a parameter says.</summary>
internal sealed record ParameterFacts(IReadOnlyDictionary<string, string> Values)
{
    private const string AllSets = "(All)";

    public string Type => Value("Type");

    public IReadOnlyList<string> Aliases => List("Aliases");

    public IReadOnlyList<string> AcceptedValues => List("Accepted values");

    public bool Required => string.Equals(Value("Required"), "True", StringComparison.OrdinalIgnoreCase);

    public string Position => Value("Position");

    public string Default => Value("Default value");

    public string PipelineInput => Value("Accept pipeline input");

    public string Wildcards => Value("Accept wildcard characters");

    public bool IsSwitch => Type == "SwitchParameter";

    public bool IsIn(string set) => List("Parameter Sets") is var sets && (sets.Contains(AllSets) || sets.Contains(set));

    private string Value(string key) => Values.GetValueOrDefault(key, "");

    private string[] List(string key) =>
        Value(key).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
