using System.Globalization;
using Crawl4.Cli.Commands;
using Crawl4.Cli.Output;
using Crawl4.Core.Crawling;
using Crawl4.Core.Fetching;
using Crawl4.Core.Migrating;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Verifying;

namespace Crawl4.Cli.Demo;

/// <summary>The last part of the demo: a cache from before is found, rehearsed, migrated and verified; damaged on purpose,
/// found out, and repaired.</summary>
internal sealed class DemoMigration(CliContext context, DemoFolder old, DemoChecks checks)
{
    /// <summary>Nobody writes meanwhile, so what differs need not be watched for long.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(DemoDynamoDb dynamoDb, CancellationToken cancellationToken)
    {
        await SayAsync("");
        await SayAsync("6. Migrating what was cached before, as nobody had begun to move it");
        var demo = context with { Environment = dynamoDb.Environment(context, old.Path) };
        await using var engine = EngineOptions.Open(
            demo, old.Path, new HttpFetchOptions { Egress = EgressPolicy.Shell });
        await FindAsync(demo, cancellationToken);
        using var tables = new DynamoDbTables(engine.Stores.DynamoDbOptions);
        await tables.InitialiseAsync(cancellationToken);
        try
        {
            await MigrateAsync(engine, cancellationToken);
            await DamageAsync(engine, cancellationToken);
        }
        finally
        {
            await tables.RemoveAsync(CancellationToken.None);
        }
    }

    private async Task FindAsync(CliContext demo, CancellationToken cancellationToken)
    {
        var finding = new CacheFinding(demo.Environment);
        await foreach (var cache in finding.FindAsync(old.Path, [], cancellationToken))
        {
            if (cache.BaseDirectory == old.Path)
            {
                await SayAsync($"   Found       {Figures.Entries(cache.EntryCount)}, {Figures.Size(cache.SizeBytes)}");
                return;
            }
        }

        checks.Expect(false, "The old cache was not found.");
    }

    private async Task MigrateAsync(Crawl4Engine engine, CancellationToken cancellationToken)
    {
        var request = new MigrationRequest { Holder = MigrateOptions.Holder };
        var rehearsal = await new Rehearsing(engine.Stores, MigrateCommand.OptionsOf(engine, context)).RunAsync(
            request, Rehearsing.DefaultSampleSize, cancellationToken);
        checks.Expect(rehearsal.IsReady, $"The rehearsal has found: {string.Join(' ', rehearsal.Problems)}");
        await SayAsync(string.Create(CultureInfo.InvariantCulture,
            $"   Rehearsed   {Figures.Size(rehearsal.ContentBytes)} become {Figures.Size(rehearsal.StoredBytes)}, ")
            + string.Create(CultureInfo.InvariantCulture, $"{rehearsal.WriteUnits:N0} write units, ${rehearsal.Cost:0.######}"));

        foreach (var word in new[] { "Migrated", "Once more" })
        {
            var status = await MigrateCommand.Open(engine, context).RunAsync(request, null, cancellationToken);
            checks.Expect(status.State == MigrationState.Completed && status.Damaged == 0,
                $"The migration ended as {status.State}: {status.Reason}");
            checks.Expect(word == "Migrated" || status.Copied == 0, "The second migration copied something.");
            await SayAsync(string.Create(CultureInfo.InvariantCulture,
                $"   {word,-10}  {status.Copied:N0} copied, {status.Unchanged:N0} there already"));
        }

        checks.Expect((await VerifyAsync(engine, "Verified", cancellationToken)).Verdict == VerificationVerdict.Equal,
            "The stores are not equal after the migration.");
    }

    /// <summary>A content file of one entry is cut short, as a full disk or a crash of another program may do it.</summary>
    private async Task DamageAsync(Crawl4Engine engine, CancellationToken cancellationToken)
    {
        var file = Directory.EnumerateFiles(Path.Combine(engine.Folder.Path, "html_content"))
            .Select(path => new FileInfo(path)).MaxBy(info => info.Length)!;
        await using (var content = file.OpenWrite())
        {
            content.SetLength(file.Length / 2);
        }

        await SayAsync("   Damaged     on purpose: a content file is cut short");
        var pair = VerifiedPair.Of(engine.Stores);
        var repair = new ConsistencyRepair(pair, new RepairOptions { TimeProvider = context.TimeProvider });
        var mended = 0;
        var report = await VerifyAsync(engine, "Verified", cancellationToken, async (mismatch, cancel) =>
        {
            var outcome = await repair.RepairAsync(mismatch, cancel);
            Interlocked.Add(ref mended, outcome.Action == RepairAction.Left ? 0 : 1);
        });
        checks.Expect(report.Counts.GetValueOrDefault(MismatchKind.Damaged) == 1, "The damage was not found out.");
        await SayAsync($"   Repaired    {Figures.Entries(mended)}, from DynamoDB");
        checks.Expect((await VerifyAsync(engine, "Verified", cancellationToken)).Verdict == VerificationVerdict.Equal,
            "The stores are not equal after the repair.");
    }

    private async Task<VerificationReport> VerifyAsync(
        Crawl4Engine engine, string word, CancellationToken cancellationToken,
        Func<Mismatch, CancellationToken, ValueTask>? found = null)
    {
        var check = new ConsistencyCheck(
            VerifiedPair.Of(engine.Stores), await engine.Stores.StateAsync(cancellationToken), engine.Folder,
            new VerificationOptions { Seed = 1, SettlingTime = Settling, TimeProvider = context.TimeProvider });
        var report = await check.RunAsync(found ?? ((_, _) => ValueTask.CompletedTask), cancellationToken);
        var counts = string.Join(", ", report.Counts.Where(count => count.Value > 0)
            .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {count.Key}")));
        var verdict = report.Verdict.ToString().ToLowerInvariant();
        await SayAsync($"   {word,-10}  {verdict}{(counts.Length > 0 ? ": " + counts : "")}");
        return report;
    }

    private async Task SayAsync(string line)
    {
        await context.Output.WriteLineAsync(line);
        await context.Output.FlushAsync();
    }
}
