using Crawl4.Cli.Commands;

namespace Crawl4.Cli.Tests.Commands;

public class UrlTextTests
{
    [Theory]
    [InlineData("example.com", "https://example.com")]
    [InlineData("  example.com/a b ", "https://example.com/a b")]
    [InlineData("example.com:8080", "https://example.com:8080")]
    [InlineData("localhost:8080/page", "https://localhost:8080/page")]
    [InlineData("localhost:8080?q=a:b", "https://localhost:8080?q=a:b")]
    [InlineData("[::1]:8080/", "https://[::1]:8080/")]
    [InlineData("127.0.0.1:80", "https://127.0.0.1:80")]
    [InlineData("//example.com/x", "https://example.com/x")]
    [InlineData("пример.example/путь", "https://пример.example/путь")]
    [InlineData("http://example.com", "http://example.com")]
    [InlineData("HTTP://example.com", "HTTP://example.com")]
    [InlineData("file:///a/b.html", "file:///a/b.html")]
    [InlineData("raw:<p>a</p>", "raw:<p>a</p>")]
    [InlineData("mailto:a@example.com", "mailto:a@example.com")]
    [InlineData("ftp://example.com", "ftp://example.com")]
    public void Complete_WhateverIsTyped_AddsHttpsToBareHostsOnly(string typed, string expected) =>
        Assert.Equal(expected, UrlText.Complete(typed));
}
