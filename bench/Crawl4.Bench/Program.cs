using Crawl4.Bench.Caching;

return args switch
{
    ["cache", .. var rest] => await CacheBenchmark.RunAsync(rest).ConfigureAwait(false),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Crawl4.Bench cache [--entries N] [--rounds N] [--folder DIR]");
    return 2;
}
