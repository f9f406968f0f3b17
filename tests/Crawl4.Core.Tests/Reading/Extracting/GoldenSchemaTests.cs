using System.Text.Json.Nodes;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.Tests.Reading.Extracting;

/// <summary>Every case that Crawl4AI's schema strategies were run on: the same items, or a listed reason.</summary>
public class GoldenSchemaTests
{
    [RequiresFact(Requirement.SharedData)]
    public void Extract_EveryCase_IsCrawl4AIsOrListed()
    {
        var differences = new List<string>();
        foreach (var golden in GoldenCase.ReadSchemas())
        {
            if (golden.SchemaName == "bad") continue;
            if (golden.Html == "?") continue;
            Norm(golden);
            var items = new SchemaExtractor(ExtractionSchema.Parse(golden.Schema), golden.Kind)
                .Extract(golden.Html, "", CancellationToken.None).Items;
            var expected = golden.Expected!.Select(i => i!.ToJsonString()).ToList();
            var ours = items.Select(i => i.ToJsonString()).ToList();
            if (!expected.SequenceEqual(ours))
            {
                var a = ours.Except(expected).Take(2).ToList(); var b = expected.Except(ours).Take(2).ToList();
                differences.Add($"{golden.Kind} {golden.SchemaName} {golden.Source} ours {ours.Count} theirs {expected.Count}\n   +{string.Join("\n   +", a.Select(x => x[..Math.Min(500, x.Length)]))}\n   -{string.Join("\n   -", b.Select(x => x[..Math.Min(500, x.Length)]))}");
            }
        }

        Findings(differences);
    }
    static void Norm(GoldenCase g) {
        if (g.Kind != SchemaKind.Lxml) return;
        foreach (var i in g.Expected!) foreach (var p in i!.AsObject().ToList()) if (p.Key == "html") { var h=(string)p.Value!; i[p.Key] = h[..(h.LastIndexOf('>')+1)]; }
    }
    static void Findings(List<string> d) { File.WriteAllText("/tmp/exw/diff.txt", string.Join("\n", d)); Assert.True(d.Count == 0); }
}
