using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

public class PythonJsonTests
{
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", ":", "\"", "\"a\"", "1", "-", "0", ".5", "e3", "E+", "null", "true",
            "fals", "e", "NaN", "-Infinity", " ", "\n", "\\u00e9", "\\", "\\x", "é", "\t", "\"\t\"", "\v",
            "01"];

    [Theory]
    [InlineData("123", true)]
    [InlineData(" [\"x\"] \n", true)]
    [InlineData("{\"a\": [1, {}]}", true)]
    [InlineData("-Infinity", true)]
    [InlineData("01", false)]
    [InlineData("# Title", false)]
    [InlineData("[link](x)", false)]
    [InlineData("1. item", false)]
    [InlineData("", false)]
    [InlineData("\uFEFF1", false)]
    public void Accepts_KnownTexts_AsPythonDoes(string text, bool expected) =>
        Assert.Equal(expected, PythonJson.Accepts(text));

    [Fact]
    public void Accepts_DeeperThanPythonCan_CountsAsTaken() =>
        Assert.True(PythonJson.Accepts(new string('[', 100_000)));

    [RequiresFact(Requirement.Python)]
    public async Task Accepts_RandomTexts_AsPythonDoes()
    {
        const int Seed = 11;
        var random = new Random(Seed);
        string[] texts = [.. Enumerable.Range(0, 5000).Select(
            _ => string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(
            _ => Pieces[random.Next(Pieces.Length)])))];
        const string Script =
            "import json,sys\nfor t in json.load(sys.stdin):\n try: json.loads(t); print(1)\n except "
            + "ValueError: print(0)";
        var start = new ProcessStartInfo(Requirement.FindProgram("python3")!, ["-c", Script])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding =
                new UTF8Encoding(false),
        };
        using var python = Process.Start(start)!;
        await python.StandardInput.WriteAsync(JsonSerializer.Serialize(texts));
        python.StandardInput.Close();
        var answers = (await python.StandardOutput.ReadToEndAsync()).Split(
            '\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(texts.Length, answers.Length);
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.True(answers[i] == "1" == PythonJson.Accepts(texts[i]),
                $"seed {Seed}: {texts[i]} is {answers[i]} to Python");
        }
    }
}
