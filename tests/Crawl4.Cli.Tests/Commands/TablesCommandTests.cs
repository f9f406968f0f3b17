using System.Text.Json;
using Crawl4.Core.Settings;

namespace Crawl4.Cli.Tests.Commands;

public sealed class TablesCommandTests : IDisposable
{
    private readonly CliRun _run = new();
    private readonly string _name = "t" + Guid.NewGuid().ToString("N");

    public void Dispose() => _run.Dispose();

    [RequiresFact(Requirement.Dynalite)]
    public async Task Init_NothingThere_MakesTablesThatShowTells()
    {
        await InEmulatorAsync();
        Assert.Equal(0, await _run.RunAsync("tables", "init", "--what-if"));
        Assert.Contains($"Would make the table of {_name}-results.", _run.Output, StringComparison.Ordinal);
        Assert.All(await ShowAsync(), table => Assert.False(table.GetProperty("exists").GetBoolean()));

        Assert.Equal(0, await _run.RunAsync("tables", "init"));
        Assert.Equal(3, _run.OutputLines.Count(line => line.StartsWith("State", StringComparison.Ordinal)
            && line.EndsWith("ACTIVE, made now", StringComparison.Ordinal)));
        // The emulator has no TTL, which is said and is no failure.
        Assert.Contains(_run.OutputLines, line => line.StartsWith("Note", StringComparison.Ordinal) && line.Contains("TTL", StringComparison.Ordinal));

        var tables = await ShowAsync();
        Assert.Equal([_name + "-results", _name + "-content", _name + "-sessions"], tables.Select(table => table.GetProperty("name").GetString()));
        Assert.Equal(["url", "content_id, part", "session_id"], tables.Select(table => table.GetProperty("key").GetString()));
        Assert.All(tables, table => Assert.Equal(
            ("ACTIVE", "PAY_PER_REQUEST"), (table.GetProperty("status").GetString(), table.GetProperty("billing_mode").GetString())));

        Assert.Equal(0, await _run.RunAsync("tables", "init"));
        Assert.DoesNotContain("made now", _run.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _run.RunAsync("tables", "remove", "--yes"));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Remove_WithoutTerminal_RefusesUnlessTold()
    {
        await InEmulatorAsync();
        Assert.Equal(0, await _run.RunAsync("tables", "init"));
        Assert.Equal(2, await _run.RunAsync("tables", "remove"));
        Assert.Contains("--yes", _run.Error, StringComparison.Ordinal);
        Assert.Equal(0, await _run.RunAsync("tables", "remove", "--what-if"));
        Assert.StartsWith($"Would remove {_name}-results, ", _run.Output, StringComparison.Ordinal);
        Assert.All(await ShowAsync(), table => Assert.True(table.GetProperty("exists").GetBoolean()));

        Assert.Equal(0, await _run.RunAsync("tables", "remove", "--yes"));
        Assert.StartsWith($"Removed {_name}-results, ", _run.Output, StringComparison.Ordinal);
        Assert.All(await ShowAsync(), table => Assert.False(table.GetProperty("exists").GetBoolean()));
        Assert.Equal(0, await _run.RunAsync("tables", "remove", "--yes"));
        Assert.Equal("There are no tables.\n", _run.Output);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Remove_AnsweredNo_RemovesNothing()
    {
        await InEmulatorAsync();
        Assert.Equal(0, await _run.RunAsync("tables", "init"));
        var adapt = _run.Adapt;
        _run.Adapt = context => CliRun.OnTerminal(adapt(context));
        _run.Input = "n\n";
        Assert.Equal(1, await _run.RunAsync("tables", "remove"));
        Assert.StartsWith($"Remove {_name}-results, {_name}-content, {_name}-sessions at http://127.0.0.1:", _run.Error, StringComparison.Ordinal);
        _run.Adapt = adapt;
        Assert.All(await ShowAsync(), table => Assert.True(table.GetProperty("exists").GetBoolean()));
        Assert.Equal(0, await _run.RunAsync("tables", "remove", "--yes"));
    }

    [Fact]
    public async Task Show_NobodyThere_FailsAndSaysWhere()
    {
        With(new Dictionary<string, string> { ["DYNAMODB_ENDPOINT"] = "http://127.0.0.1:9", ["DYNAMODB_MAX_RETRIES"] = "0" });
        Assert.Equal(1, await _run.RunAsync("tables", "show"));
        Assert.Contains("DescribeTable", _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_EndpointInTheSettingsOfTheCache_IsUsed()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_run.BaseDirectory, ".crawl4ai")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "crawl4_settings.json"),
            """{"DYNAMODB_ENDPOINT": "http://127.0.0.1:9", "DYNAMODB_MAX_RETRIES": "0", "DYNAMODB_TABLE_CONTENT": "mine"}""");
        With([]);
        Assert.Equal(1, await _run.RunAsync("tables", "show", "--base-directory", _run.BaseDirectory));
        Assert.Contains("DescribeTable", _run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DYNAMODB_ENDPOINT", "localhost:8000")]
    [InlineData("DYNAMODB_TABLE_CONTENT", "a/b")]
    public async Task Show_MalformedSetting_IsWrongUsageAndNamed(string variable, string value)
    {
        With(new Dictionary<string, string> { [variable] = value });
        Assert.Equal(2, await _run.RunAsync("tables", "show"));
        Assert.Contains(variable, _run.Error, StringComparison.Ordinal);
        Assert.Contains(value, _run.Error, StringComparison.Ordinal);
    }

    private async Task InEmulatorAsync() => With(new Dictionary<string, string>
    {
        ["DYNAMODB_ENDPOINT"] = (await Dynalite.EndpointAsync()).AbsoluteUri,
        ["DYNAMODB_TABLE_CRAWL_RESULTS"] = _name + "-results",
        ["DYNAMODB_TABLE_CONTENT"] = _name + "-content",
        ["DYNAMODB_TABLE_SESSIONS"] = _name + "-sessions",
    });

    private void With(Dictionary<string, string> environment) =>
        _run.Adapt = context => context with
        {
            Environment = name => name == CacheFolder.BaseDirectoryVariable ? _run.BaseDirectory : environment.GetValueOrDefault(name),
        };

    private async Task<IReadOnlyList<JsonElement>> ShowAsync()
    {
        Assert.Equal(0, await _run.RunAsync("tables", "show", "--json"));
        return [.. JsonDocument.Parse(Assert.Single(_run.OutputLines)).RootElement.GetProperty("tables").EnumerateArray()];
    }
}
