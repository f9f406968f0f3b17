using System.Text.Json;
using Crawl4.Core.Settings;

namespace Crawl4.Cli.Tests.Commands;

/// <summary>crawl4 rollout, where DynamoDB cannot be reached.</summary>
public sealed class RolloutCommandTests : IDisposable
{
    private readonly CliRun _cli = new();
    private readonly Dictionary<string, string> _environment = new()
    {
        // Nothing listens on the discard port.
        ["DYNAMODB_ENDPOINT"] = "http://127.0.0.1:9",
        ["DYNAMODB_MAX_RETRIES"] = "0",
    };

    public RolloutCommandTests() => _cli.Adapt = context => context with
    {
        Environment = name => name == CacheFolder.BaseDirectoryVariable ? _cli.BaseDirectory
            : _environment.GetValueOrDefault(name),
    };

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Get_NothingBegun_SaysSo()
    {
        Assert.Equal(ExitCode.Success, await _cli.RunAsync("rollout", "get"));
        Assert.Contains("SqliteOnly", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("no rollout was begun", _cli.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Success, await _cli.RunAsync("rollout", "get", "--json"));
        using var state = JsonDocument.Parse(_cli.OutputLines.Single());
        Assert.Equal(0, state.RootElement.GetProperty("revision").GetInt64());
        Assert.False(Directory.Exists(Path.Combine(_cli.BaseDirectory, CacheFolder.FolderName)));
    }

    [Theory]
    [InlineData("25")]
    [InlineData("--stage", "DualWrite")]
    [InlineData("--force", "DynamoDB")]
    public async Task Set_ForwardWithoutDynamoDb_SaysWhatIsMissing(params string[] change)
    {
        Assert.Equal(ExitCode.Failure, await _cli.RunAsync(["rollout", "set", .. change]));
        Assert.Contains("cannot be asked for its tables", _cli.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, await _cli.RunAsync("rollout", "history"));
        Assert.Empty(_cli.Output);
    }

    [Fact]
    public async Task Set_BackWithoutDynamoDb_WorksAndIsInTheHistory()
    {
        Assert.Equal(ExitCode.Success, await _cli.RunAsync("rollout", "set", "--force", "sqlite", "--reason", "an outage"));
        Assert.Equal(ExitCode.Success, await _cli.RunAsync("rollout", "set", "--force", "none", "--json"));
        Assert.Equal(ExitCode.Success, await _cli.RunAsync("rollout", "history", "--json"));
        var lines = _cli.OutputLines.Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["Sqlite", null], lines.Select(line => line.GetProperty("to").GetProperty("force").GetString()));
        Assert.Equal("an outage", lines[0].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("101")]
    [InlineData("some")]
    [InlineData("1.2345")]
    [InlineData("-1")]
    [InlineData("--stage", "Sideways")]
    [InlineData("--force", "both")]
    [InlineData("--allow", "http://a.example/")]
    [InlineData("--stage", "DynamoDbOnly")]
    [InlineData]
    public async Task Set_WhatIsNotAllowed_IsWrongUsage(params string[] change) =>
        Assert.Equal(ExitCode.WrongUsage, await _cli.RunAsync(["rollout", "set", .. change]));

    [Theory]
    [InlineData("DYNAMODB_MIGRATION_PCT", "101")]
    [InlineData("FORCE_DYNAMODB", "perhaps")]
    [InlineData("DYNAMODB_MAX_ITEM_SIZE", "500000")]
    [InlineData("DYNAMODB_TABLE_NAME", "a b")]
    public async Task Get_MalformedSetting_IsRefusedByNameAndValue(string name, string value)
    {
        _environment[name] = value;
        Assert.Equal(ExitCode.WrongUsage, await _cli.RunAsync("rollout", "get"));
        Assert.Contains(name, _cli.Error, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_DynamoDbDoesNotAnswer_SaysWhyAndSucceeds()
    {
        Assert.Equal(ExitCode.Success, await _cli.RunAsync("status"));
        Assert.Contains("does not answer", _cli.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, await _cli.RunAsync("status", "--json"));
        using var status = JsonDocument.Parse(_cli.OutputLines.Single());
        Assert.False(status.RootElement.GetProperty("dynamodb").GetProperty("answers").GetBoolean());
    }

    [Fact]
    public async Task Get_SettingsFile_IsBehindTheEnvironment()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_cli.BaseDirectory, CacheFolder.FolderName));
        var file = Path.Combine(folder.FullName, SettingsFile.FileName);
        await File.WriteAllTextAsync(file, """{"DYNAMODB_TABLE_NAME": "from-the-file", "DYNAMODB_MAX_RETRIES": 0}""");
        Assert.Equal(ExitCode.Success, await _cli.RunAsync("status"));
        Assert.Contains("from-the-file", _cli.Output, StringComparison.Ordinal);

        _environment["DYNAMODB_TABLE_NAME"] = "from-the-environment";
        Assert.Equal(ExitCode.Success, await _cli.RunAsync("status"));
        Assert.Contains("from-the-environment", _cli.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, """{"AWS_SECRET_ACCESS_KEY": "hunter2"}""");
        Assert.Equal(ExitCode.WrongUsage, await _cli.RunAsync("status"));
        Assert.Contains("AWS_SECRET_ACCESS_KEY", _cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", _cli.Error, StringComparison.Ordinal);
    }
}
