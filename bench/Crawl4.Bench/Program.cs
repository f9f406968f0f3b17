using Crawl4.Bench.Caching;
using Crawl4.Bench.Reading;

return args switch
{
    ["cache", .. var rest] => await CacheBenchmark.RunAsync(rest).ConfigureAwait(false),
    ["reading", .. var rest] => ReadingBenchmark.Run(rest),
    ["fuzz", .. var rest] => FuzzRun.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Crawl4.Bench cache [--entries N] [--rounds N] [--folder DIR]");
    Console.Error.WriteLine(ReadingBenchmark.Usage);
    return 2;
}
