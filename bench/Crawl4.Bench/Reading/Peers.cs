namespace Crawl4.Bench.Reading;
internal static class Peers { public static void Run(string? folder) { } }
