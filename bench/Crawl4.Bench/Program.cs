using Crawl4.Bench;
using Crawl4.Bench.Backfilling;
using Crawl4.Bench.Caching;
using Crawl4.Bench.Killing;
using Crawl4.Bench.Reading;
using Crawl4.Bench.Compressing;
using Crawl4.Bench.Storing;
using Crawl4.Bench.Verifying;

return args switch
{
    ["cache", .. var rest] => await CacheBenchmark.RunAsync(rest).ConfigureAwait(false),
    ["reading", .. var rest] => ReadingBenchmark.Run(rest),
    ["fuzz", .. var rest] => FuzzRun.Run(rest),
    ["compression", .. var rest] => await CompressionBenchmark.RunAsync(rest).ConfigureAwait(false),
    ["backfill-parts", var folder] => await BackfillParts.RunAsync(folder).ConfigureAwait(false),
    ["slow-endpoint", var behind, var milliseconds] => await SlowEndpoint.ServeAsync(
        new Uri(behind), int.Parse(milliseconds, System.Globalization.CultureInfo.InvariantCulture)).ConfigureAwait(false),
    ["backfill", .. var rest] => await BackfillBenchmark.RunAsync(rest).ConfigureAwait(false),
    ["backfill-growth", .. var rest] => await GrowthBenchmark.RunAsync(rest).ConfigureAwait(false),
    ["routing"] => RoutingBenchmark.Run(),
    ["dual-write", .. var rest] => await DualWriteBenchmark.RunAsync(rest).ConfigureAwait(false),
    ["outage", .. var rest] => await OutageBenchmark.RunAsync(rest).ConfigureAwait(false),
    ["verify", .. var rest] => await VerifyBenchmark.RunAsync(rest).ConfigureAwait(false),
    ["kills", .. var rest] => await KillBenchmark.RunAsync(rest).ConfigureAwait(false),
    ["reading-quality", .. var rest] => QualityReport.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Crawl4.Bench cache [--entries N] [--rounds N] [--folder DIR]");
    Console.Error.WriteLine(ReadingBenchmark.Usage);
    Console.Error.WriteLine("       Crawl4.Bench compression --base-directory DIR ... [--rounds N]");
    Console.Error.WriteLine(BackfillBenchmark.Usage);
    Console.Error.WriteLine("       Crawl4.Bench routing");
    Console.Error.WriteLine(DualWriteBenchmark.Usage);
    Console.Error.WriteLine(OutageBenchmark.Usage);
    Console.Error.WriteLine(VerifyBenchmark.Usage);
    Console.Error.WriteLine(KillBenchmark.Usage);
    Console.Error.WriteLine("       Crawl4.Bench reading-quality [--data DIR]");
    return 2;
}
