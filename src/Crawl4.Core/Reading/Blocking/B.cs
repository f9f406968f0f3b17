namespace Crawl4.Core.Reading.Blocking { internal static class BlockedPageDetection { public static string? WhyBlocked(int? s, string h) => h.Contains("challenge-platform", StringComparison.Ordinal) ? "x" : null; } }
namespace Crawl4.Core.Reading { internal static class HeadFingerprint { public static string Compute(string h) => h[..h.IndexOf("<body", StringComparison.Ordinal)]; } }
