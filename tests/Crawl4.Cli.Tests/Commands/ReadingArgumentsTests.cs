using System.CommandLine;
using Crawl4.Cli.Commands;
using Crawl4.Core.Reading;

namespace Crawl4.Cli.Tests.Commands;

public class ReadingArgumentsTests
{
    private readonly ReadingArguments _reading = new();
    private readonly Command _command = new("read");

    public ReadingArgumentsTests() => _reading.AddTo(_command);

    public static TheoryData<string> Options()
    {
        var names = new TheoryData<string>();
        var command = new Command("read");
        new ReadingArguments().AddTo(command);
        foreach (var option in command.Options)
        {
            names.Add(option.Name);
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Option_OfEveryName_ChangesHowPagesAreRead(string name)
    {
        string[] basis = name switch
        {
            "--threshold-type" or "--min-word-threshold" or "--preserve-class" or "--preserve-tag" or "--filter-threshold" =>
                ["--filter", "pruning"],
            "--no-stemming" or "--language" => ["--filter", "bm25"],
            "--filter-mode" => ["--filter", "llm"],
            _ => [],
        };
        var option = _command.Options.Single(each => each.Name == name);
        string[] value = option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? [] : [name switch
        {
            "--filter" => "llm",
            "--threshold-type" => "dynamic",
            "--filter-mode" => "rewrite",
            "--markdown-source" => "raw-html",
            "--ul-item-mark" => "-",
            "--emphasis-mark" => "*",
            "--strong-mark" => "_",
            _ => "8",
        }];

        Assert.NotEqual(Fingerprint(basis), Fingerprint([.. basis, name, .. value]));
    }

    [Fact]
    public void Defaults_AreThoseOfTheLibrary() => Assert.Equal(ReadingOptions.Default.Fingerprint, Fingerprint([]));

    private string Fingerprint(string[] arguments)
    {
        var parsed = _command.Parse(arguments);
        Assert.Empty(parsed.Errors);
        return _reading.Of(parsed).Fingerprint;
    }
}
