using System.Management.Automation;
using System.Reflection;
using Crawl4.PowerShell.Commands;

namespace Crawl4.PowerShell.Tests.Commands;

/// <summary>A cmdlet as its attributes describe it. Read as metadata: the reference assembly's own attributes keep
/// nothing at run time.</summary>
internal sealed record CmdletMetadata(Type Class, string Verb, string Noun)
{
    private const string AllSets = "__AllParameterSets";

    public static IReadOnlyList<CmdletMetadata> All { get; } =
    [
        .. from type in typeof(InvokeCrawl4Command).Assembly.GetExportedTypes()
           from attribute in Of(type, nameof(CmdletAttribute))
           orderby type.Name
           select new CmdletMetadata(
               type, (string)attribute.ConstructorArguments[0].Value!, (string)attribute.ConstructorArguments[1].Value!),
    ];

    public string Name => $"{Verb}-{Noun}";

    public CustomAttributeData Cmdlet => Of(Class, nameof(CmdletAttribute)).Single();

    public bool SupportsShouldProcess => Named(Cmdlet, "SupportsShouldProcess") is true;

    public IEnumerable<CustomAttributeData> OutputTypes => Of(Class, nameof(OutputTypeAttribute));

    public IReadOnlyList<CmdletParameter> Parameters =>
    [
        .. from property in Class.GetProperties()
           let attributes = Of(property, nameof(ParameterAttribute)).ToList()
           where attributes.Count > 0
           select new CmdletParameter(property, attributes),
    ];

    public IReadOnlyList<string> Sets =>
    [
        .. Parameters.SelectMany(parameter => parameter.Sets).Where(set => set != AllSets).Distinct()
            .DefaultIfEmpty(AllSets),
    ];

    public static IEnumerable<CustomAttributeData> Of(MemberInfo member, string attribute) =>
        member.GetCustomAttributesData().Where(data => data.AttributeType.Name == attribute);

    public static object? Named(CustomAttributeData data, string name) =>
        data.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;

    public override string ToString() => Name;
}

internal sealed record CmdletParameter(PropertyInfo Property, IReadOnlyList<CustomAttributeData> Attributes)
{
    public string Name => Property.Name;

    public IEnumerable<string> Sets => Attributes.Select(
        data => CmdletMetadata.Named(data, "ParameterSetName") as string ?? "__AllParameterSets");

    public bool Mandatory => Attributes.Any(data => CmdletMetadata.Named(data, "Mandatory") is true);

    public bool FromPipeline => Attributes.Any(data => CmdletMetadata.Named(data, "ValueFromPipeline") is true);

    public bool FromPropertyName =>
        Attributes.Any(data => CmdletMetadata.Named(data, "ValueFromPipelineByPropertyName") is true);

    public int? Position => Attributes.Select(data => CmdletMetadata.Named(data, "Position")).OfType<int>()
        .Cast<int?>().FirstOrDefault();

    public string TypeName =>
        (Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType).Name;

    public IReadOnlyList<string> Aliases => Texts("AliasAttribute");

    public IReadOnlyList<string> AcceptedValues => Texts("ValidateSetAttribute");

    private List<string> Texts(string attribute) =>
    [
        .. from data in CmdletMetadata.Of(Property, attribute)
           from argument in data.ConstructorArguments
           from text in (IEnumerable<CustomAttributeTypedArgument>)argument.Value!
           select (string)text.Value!,
    ];
}
