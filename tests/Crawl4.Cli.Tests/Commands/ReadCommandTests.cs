using System.Text;
using System.Text.Json;

namespace Crawl4.Cli.Tests.Commands;

public sealed class ReadCommandTests : IDisposable
{
    private const string Page = "<html><head><title>Page</title></head><body><nav><a href='/'>Home</a></nav>"
        + "<article><h1>Keys 🚀</h1><p>Rotate the <a href='/keys'>access keys</a> at least once a year, and whenever "
        + "somebody leaves who knew them; write to a@b.example then.</p><img src='/a.png' width=500 height=500 alt='A picture'>"
        + "<table><caption>T</caption><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr>"
        + "</tbody></table></article></body></html>";

    private const string Schema = """{"baseSelector":"article","fields":[{"name":"title","selector":"h1","type":"text"}]}""";

    private readonly CliRun _run = new();
    private readonly string _page;

    public ReadCommandTests() => _page = File("page.html", Page);

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Read_AFile_IsItsMarkdown()
    {
        Assert.Equal(0, await _run.RunAsync("read", _page));
        Assert.StartsWith("[Home](/)\n\n# Keys 🚀\n", _run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n", _run.Output, StringComparison.Ordinal);
        Assert.Empty(_run.Error);
        Assert.Empty(Directory.GetDirectories(_run.BaseDirectory));
    }

    [Theory]
    [InlineData("-")]
    [InlineData(null)]
    public async Task Read_StandardInput_IsTheSame(string? dash)
    {
        _run.Input = Page;
        Assert.Equal(0, await _run.RunAsync(dash is null ? ["read"] : ["read", dash]));
        var output = _run.Output;
        Assert.Equal(0, await _run.RunAsync("read", _page));
        Assert.Equal(_run.Output, output);
    }

    [Fact]
    public async Task Read_StandardInput_FindsTheCharset()
    {
        _run.InputBytes = Encoding.Latin1.GetBytes("<meta charset='windows-1252'><p>Gr\u00fc\u00dfe</p>");
        Assert.Equal(0, await _run.RunAsync("read"));
        Assert.Equal("Grüße\n", _run.Output);
    }

    [Theory]
    [InlineData("fit", "--filter")]
    [InlineData("fit-html", "--filter")]
    [InlineData("extracted", "--schema")]
    public async Task Read_AFormatThatNothingMakes_SaysWhatIsMissing(string format, string missing)
    {
        Assert.Equal(2, await _run.RunAsync("read", _page, "--format", format));
        Assert.Contains(missing, _run.Error, StringComparison.Ordinal);
        Assert.Empty(_run.Output);
    }

    [Fact]
    public async Task Read_ABaseThatIsNoUrl_IsRefused()
    {
        Assert.Equal(2, await _run.RunAsync("read", _page, "--base-url", "nowhere"));
        Assert.Contains("'nowhere' is not an absolute URL", _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AnEmptyPattern_IsRefused()
    {
        Assert.Equal(2, await _run.RunAsync("read", _page, "--custom-pattern", "all="));
        Assert.Contains("'all' is empty", _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AFileThatIsMissing_IsNamedAsItWasTyped()
    {
        Assert.Equal(1, await _run.RunAsync("read", "no such é.html"));
        Assert.Equal("crawl4: no such é.html does not exist. Check the path.\n", _run.Error);
    }

    [Fact]
    public async Task Read_FromATerminal_SaysWhatIsMissing()
    {
        _run.Adapt = CliRun.OnTerminal;
        Assert.Equal(2, await _run.RunAsync("read"));
        Assert.Contains("nothing to read", _run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("markdown", "# Keys 🚀\n")]
    [InlineData("citations", "access keys⟨2⟩")]
    [InlineData("citations", "⟨2⟩ https://e.example/keys")]
    [InlineData("html", "<nav><a href='/'>Home</a></nav>")]
    [InlineData("cleaned-html", "<h1>Keys 🚀</h1>")]
    [InlineData("links", "https://e.example/\nhttps://e.example/keys\n")]
    [InlineData("media", "https://e.example/a.png\n")]
    [InlineData("tables", "T\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n")]
    [InlineData("csv", "A,B\r\n1,2\n")]
    [InlineData("metadata", "{\"title\":\"Page\",")]
    public async Task Read_InAFormat_IsThatPart(string format, string expected)
    {
        Assert.Equal(0, await _run.RunAsync("read", _page, "--format", format, "--base-url", "https://e.example/dir/"));
        Assert.Contains(expected, _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AsJson_IsOneDocumentWithCrawl4AiNames()
    {
        _run.Input = Page;
        Assert.Equal(0, await _run.RunAsync("read", "--format", "json", "--base-url", "https://e.example/", "--pattern", "email"));
        Assert.Single(_run.OutputLines);
        Assert.Contains("Keys 🚀", _run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\\ud83d", _run.Output, StringComparison.OrdinalIgnoreCase);
        var document = JsonDocument.Parse(_run.Output).RootElement;
        Assert.Equal("https://e.example/", document.GetProperty("url").GetString());
        Assert.True(document.GetProperty("success").GetBoolean());
        Assert.Equal(Page, document.GetProperty("html").GetString());
        Assert.Contains("<h1>", document.GetProperty("cleaned_html").GetString(), StringComparison.Ordinal);
        foreach (var name in (string[])["raw_markdown", "markdown_with_citations", "references_markdown", "fit_markdown", "fit_html"])
        {
            Assert.Equal(JsonValueKind.String, document.GetProperty("markdown").GetProperty(name).ValueKind);
        }

        Assert.Equal(2, document.GetProperty("links").GetProperty("internal").GetArrayLength());
        Assert.Equal(1, document.GetProperty("media").GetProperty("images").GetArrayLength());
        Assert.Equal("T", document.GetProperty("tables")[0].GetProperty("caption").GetString());
        Assert.Equal("Page", document.GetProperty("metadata").GetProperty("title").GetString());
        var data = JsonDocument.Parse(document.GetProperty("extracted_content").GetString()!).RootElement;
        Assert.Equal("a@b.example", data[0].GetProperty("value").GetString());
    }

    [Theory]
    [InlineData("--filter", "pruning")]
    [InlineData("--query", "rotate access keys")]
    public async Task Read_WithAFilter_IsTheFitMarkdown(string option, string value)
    {
        Assert.Equal(0, await _run.RunAsync("read", _page, option, value));
        Assert.Contains("Rotate", _run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Home", _run.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _run.RunAsync("read", _page, option, value, "--format", "fit-html"));
        Assert.Contains("<p>Rotate", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_WithASchema_IsTheData()
    {
        var schema = File("schema.json", Schema);
        Assert.Equal(0, await _run.RunAsync("read", _page, "--schema", schema));
        Assert.Equal("[\n    {\n        \"title\": \"Keys 🚀\"\n    }\n]\n", _run.Output);
        var byPath = File("xpath.json", Schema.Replace("\"article\"", "\"//article\"", StringComparison.Ordinal));
        Assert.Equal(0, await _run.RunAsync("read", _page, "--schema", byPath, "--schema-kind", "xpath"));
        Assert.Contains("Keys", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_WithPatterns_IsTheData()
    {
        Assert.Equal(0, await _run.RunAsync(
            "read", _page, "--pattern", "email", "--custom-pattern", "title=^# .*=?", "--base-url", "https://e.example/"));
        var values = JsonDocument.Parse(_run.Output).RootElement.EnumerateArray()
            .Select(item => item.GetProperty("label").GetString() + " " + item.GetProperty("value").GetString());
        Assert.Equal(["email a@b.example", "title # Keys 🚀"], values);
    }

    [Fact]
    public async Task Read_WithReadingOptions_ReadsAsTheySay()
    {
        Assert.Equal(0, await _run.RunAsync(
            "read", _page, "--excluded-tag", "nav,table", "--excluded-selector", "img", "--only-text", "--target-element", "h1",
            "--target-element", "p"));
        Assert.Equal(
            "# Keys 🚀\n\nRotate the [access keys](/keys) at least once a year, and whenever somebody leaves who knew them; write to a@b.example then.\n",
            _run.Output);
    }

    [Fact]
    public async Task Read_SeveralFiles_SaysBeforeEachWhichOneItIs_AndGoesOnAfterAFailure()
    {
        var missing = Path.Combine(_run.BaseDirectory, "none.html");
        var other = File("other.html", "<h1>Other</h1>");
        Assert.Equal(1, await _run.RunAsync("read", _page, missing, other));
        Assert.Contains($"<!-- {new Uri(_page).AbsoluteUri} -->\n", _run.Output, StringComparison.Ordinal);
        Assert.EndsWith("# Other\n", _run.Output, StringComparison.Ordinal);
        Assert.Matches("^crawl4: [^\n]*none.html does not exist. Check the path.\n$", _run.Error);
        Assert.Equal(1, await _run.RunAsync("read", missing, other, "--json"));
        Assert.Equal([false, true], _run.OutputLines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("success").GetBoolean()));
    }

    [Fact]
    public async Task Read_WhatIsNoText_Fails()
    {
        _run.InputBytes = [0x89, 0x50, 0x4E, 0x47, 0, 0, 0];
        _run.Adapt = context => context;
        Assert.Equal(1, await _run.RunAsync("read", "-"));
        Assert.Contains("is not text", _run.Error, StringComparison.Ordinal);
        Assert.Empty(_run.Output);
    }

    [Theory]
    [InlineData("--filter", "pruning", "--query", "x")]
    [InlineData("--filter", "llm")]
    [InlineData("--filter-threshold", "1")]
    [InlineData("--filter", "pruning", "--filter-threshold", "much")]
    [InlineData("--pattern", "emial")]
    [InlineData("--custom-pattern", "x")]
    [InlineData("--custom-pattern", "x=(")]
    [InlineData("--pattern", "email", "--schema", "s.json")]
    [InlineData("--schema", "/none/s.json")]
    [InlineData("--schema-kind", "css")]
    [InlineData("--extract-from", "html")]
    [InlineData("--css-selector", "[")]
    [InlineData("--format", "pdf")]
    [InlineData("--json", "--format", "csv")]
    [InlineData("--json", "--format", "pdf")]
    [InlineData("--markdown-source", "pdf")]
    [InlineData("--nonsense")]
    public async Task Read_WithOptionsThatCannotBe_IsWrongUsage(params string[] options)
    {
        Assert.Equal(2, await _run.RunAsync(["read", _page, .. options]));
        Assert.StartsWith("crawl4: ", _run.Error, StringComparison.Ordinal);
        Assert.Empty(_run.Output);
    }

    [Fact]
    public async Task Read_WithASchemaThatIsWrong_NamesThePlace()
    {
        var schema = File("schema.json", Schema.Replace("\"text\"", "\"txt\"", StringComparison.Ordinal));
        Assert.Equal(2, await _run.RunAsync("read", _page, "--schema", schema));
        Assert.Contains("fields[0].type", _run.Error, StringComparison.Ordinal);
    }

    private string File(string name, string content)
    {
        var path = Path.Combine(_run.BaseDirectory, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }
}
