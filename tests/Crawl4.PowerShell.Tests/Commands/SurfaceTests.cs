using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using Crawl4.Core.Crawling;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.PowerShell.Tests.Commands;

/// <summary>What all cmdlets have in common, read from their metadata.</summary>
public partial class SurfaceTests
{
    private static readonly Assembly Core = typeof(Crawl4Engine).Assembly;

    [Fact]
    public void Manifest_Exports_ExactlyTheCmdletsOfTheAssembly()
    {
        var manifest = File.ReadAllText(Path.Combine(Requirement.RepositoryRoot, "Crawl4.psd1"));
        var list = ExportedCmdlets().Match(manifest).Groups[1].Value;
        var exported = Quoted().Matches(list).Select(match => match.Groups[1].Value).Order();
        Assert.Equal(CmdletMetadata.All.Select(cmdlet => cmdlet.Name).Order(), exported);
    }

    [Fact]
    public void Verbs_AreApproved() => Assert.All(
        CmdletMetadata.All, cmdlet => Assert.Contains(cmdlet.Verb, ApprovedVerbs()));

    [Fact]
    public void Nouns_AreOursAndSingular() => Assert.All(CmdletMetadata.All, cmdlet =>
    {
        Assert.StartsWith("Crawl4", cmdlet.Noun, StringComparison.Ordinal);
        Assert.True(!cmdlet.Noun.EndsWith('s') || cmdlet.Noun.EndsWith("Status", StringComparison.Ordinal), cmdlet.Noun);
    });

    [Fact]
    public void Classes_AreSealedAndNamedForTheirCmdlet() => Assert.All(CmdletMetadata.All, cmdlet =>
    {
        Assert.True(cmdlet.Class.IsSealed, cmdlet.Class.Name);
        Assert.Equal($"{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Class.Name);
        Assert.Equal("Crawl4.PowerShell.Commands", cmdlet.Class.Namespace);
    });

    [Fact]
    public void WhatIf_IsThere_WhereSomethingIsChangedOnPurpose() => Assert.All(
        CmdletMetadata.All.Where(cmdlet => cmdlet.Verb is "Set" or "Remove" or "Clear" or "Update" or "Start" or "Repair"),
        cmdlet => Assert.True(cmdlet.SupportsShouldProcess, cmdlet.Name));

    [Fact]
    public void Removing_IsConfirmedByDefault() => Assert.All(
        CmdletMetadata.All.Where(cmdlet => cmdlet.Verb is "Remove" or "Clear"),
        cmdlet => Assert.Equal((int)ConfirmImpact.High, CmdletMetadata.Named(cmdlet.Cmdlet, "ConfirmImpact")));

    [Fact]
    public void OutputType_IsSaid_ByEveryCmdlet() => Assert.All(
        CmdletMetadata.All, cmdlet => Assert.NotEmpty(cmdlet.OutputTypes));

    [Fact]
    public void PipelineInput_BindsToOneParameterASet() => Assert.All(CmdletMetadata.All, cmdlet => Assert.All(
        cmdlet.Sets, set => Assert.InRange(
            cmdlet.Parameters.Count(parameter => parameter.FromPipeline && parameter.Sets.Contains(set)), 0, 1)));

    [Fact]
    public void BaseDirectory_IsAParameterOfEveryCmdlet_ThatUsesTheCache() => Assert.All(
        CmdletMetadata.All, cmdlet => Assert.Equal(
            cmdlet.Verb is not ("New" or "ConvertTo"),
            cmdlet.Parameters.Any(parameter => parameter.Name == "BaseDirectory")));

    [Fact]
    public void Tests_InARealShell_AreThereForEveryCmdlet() => Assert.All(CmdletMetadata.All, cmdlet => Assert.True(
        File.Exists(Path.Combine(Requirement.RepositoryRoot, "tests", "Module", cmdlet.Name + ".Tests.ps1")), cmdlet.Name));

    [Fact]
    public void Switches_AreNeverBooleans() => Assert.Empty(
        from cmdlet in CmdletMetadata.All
        from parameter in cmdlet.Parameters
        where parameter.TypeName == "Boolean"
        select $"{cmdlet.Name} -{parameter.Name}");

    [Theory]
    [InlineData("Invoke-Crawl4", "CacheMode", typeof(CacheMode))]
    [InlineData("Invoke-Crawl4", "ExtractFrom", typeof(ExtractionInput))]
    [InlineData("New-Crawl4ReadingOption", "MarkdownSource", typeof(MarkdownSource))]
    [InlineData("New-Crawl4ReadingOption", "ThresholdType", typeof(PruningThreshold))]
    [InlineData("New-Crawl4Schema", "Kind", typeof(SchemaKind))]
    public void Choice_Accepts_ExactlyWhatCoreKnows(string cmdlet, string parameter, Type choice) => Assert.Equal(
        Enum.GetNames(choice),
        CmdletMetadata.All.Single(one => one.Name == cmdlet).Parameters.Single(one => one.Name == parameter).AcceptedValues);

    // PowerShell reads exported types before the module can say where Crawl4.Core is; a base, an interface or a
    // value-typed field of Core's would end the import.
    [Fact]
    public void ExportedTypes_NeedNothingOfCore_ToBeLoaded() => Assert.Empty(
        from type in typeof(PowerShell.Commands.InvokeCrawl4Command).Assembly.GetExportedTypes()
        from needed in NeededToLoad(type).SelectMany(Unwrap)
        where needed.Assembly == Core
        select $"{type} needs {needed}");

    private static IEnumerable<Type> NeededToLoad(Type type)
    {
        const BindingFlags Own =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        var bases = new List<Type>();
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            bases.Add(current);
        }

        return
        [
            .. bases,
            .. type.GetInterfaces(),
            .. type.GetFields(Own).Select(field => field.FieldType).Where(field => field.IsValueType),
        ];
    }

    private static IEnumerable<Type> Unwrap(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Unwrap).Append(type) : [type];

    private static List<string> ApprovedVerbs() =>
    [
        .. from holder in new[]
           {
               typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic),
               typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity),
           }
           from field in holder.GetFields()
           where field.IsLiteral
           select (string)field.GetRawConstantValue()!,
    ];

    [GeneratedRegex(@"CmdletsToExport\s*=\s*@\(([^)]*)\)", RegexOptions.NonBacktracking)]
    private static partial Regex ExportedCmdlets();

    [GeneratedRegex("'([^']+)'", RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();
}
