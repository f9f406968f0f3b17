namespace Crawl4.Core.Tests.Storing.DynamoDb;

/// <summary>Text that no codec makes much smaller.</summary>
internal static class Noise
{
    public static string Text(int seed, int length)
    {
        var bytes = new byte[(length * 3 / 4) + 3];
        new Random(seed).NextBytes(bytes);
        return Convert.ToBase64String(bytes)[..length];
    }
}
