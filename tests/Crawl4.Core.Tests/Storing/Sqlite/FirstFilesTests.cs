using System.Text;
using Crawl4.Core.Hashing;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>Several writers that find no folders yet, at the same moment.</summary>
public class FirstFilesTests
{
    private const int Rounds = 200;
    private const int Writers = 4;

    [Fact]
    public async Task Write_ByManyIntoAFolderThatIsNotThereYet_FailsForNobody()
    {
        using var temporary = new TemporaryFolder();
        for (var round = 0; round < Rounds; round++)
        {
            var folder = CacheFolder.Resolve(temporary.Combine($"{round}"), _ => null);
            using var start = new Barrier(Writers);
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(
                () =>
                {
                    var files = new ContentWriter(new ContentFolders(folder));
                    var text = $"content {writer}";
                    start.SignalAndWait();
                    files.Write(ContentKind.Html, XxHash64.Hex(text), Encoding.UTF8.GetBytes(text));
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));
            Assert.Equal(Writers, Directory.GetFiles(Path.Combine(folder.Path, "html_content")).Length);
        }
    }
}
