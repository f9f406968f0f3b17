using Crawl4.Bench;
using Crawl4.Bench.Caching;

return args switch
{
    ["cache", .. var rest] => await CacheBenchmark.RunAsync(rest).ConfigureAwait(false),
    ["reading-quality", .. var rest] => QualityReport.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Crawl4.Bench cache [--entries N] [--rounds N] [--folder DIR]");
    Console.Error.WriteLine("       Crawl4.Bench reading-quality [--data DIR]");
    return 2;
}
