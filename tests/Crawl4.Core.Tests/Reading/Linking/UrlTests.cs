using Crawl4.Core.Reading.Linking;

namespace Crawl4.Core.Tests.Reading.Linking;

public class UrlTests
{
    [Theory]
    [InlineData("rel", "http://h.example/a/b/rel")]
    [InlineData("./rel", "http://h.example/a/b/rel")]
    [InlineData("../rel", "http://h.example/a/rel")]
    [InlineData("../../../rel", "http://h.example/rel")]
    [InlineData("/abs", "http://h.example/abs")]
    [InlineData("//p.example/x", "http://p.example/x")]
    [InlineData("?q=2", "http://h.example/a/b/c.html?q=2")]
    [InlineData("#frag", "http://h.example/a/b/c.html?q=1#frag")]
    [InlineData("", "http://h.example/a/b/c.html?q=1")]
    [InlineData(" /a b\n ", "http://h.example/a%20b")]
    [InlineData("/a\nb", "http://h.example/ab")]
    [InlineData("HTTP://H.example/x/../y", "http://H.example/y")]
    [InlineData("mailto:a@b", "mailto:a@b")]
    [InlineData("/ü?ü=é", "http://h.example/ü?ü=é")]
    [InlineData("http://[", "http://[")]
    [InlineData("http:", "http://")]
    [InlineData("a:b", "a:b")]
    public void Resolve_Reference_IsAbsolute(string reference, string expected) =>
        Assert.Equal(expected, UrlReference.Resolve("http://h.example/a/b/c.html?q=1#f", reference));

    [Theory]
    [InlineData("https://H.Example/x?b=2&a=1&utm_source=z&ref=q&A=3#f", "https://h.example/x?A=3&a=1&b=2")]
    [InlineData("http://h.example:80", "http://h.example/")]
    [InlineData("http://h.example:443/", "http://h.example:443/")]
    [InlineData("http://h.example/?c=1&c=0&fbclid=1", "http://h.example/?c=1&c=0")]
    [InlineData("http://h.example/p?ref=1", "http://h.example/p")]
    [InlineData("http://U:P@H.example/", "http://U:P@h.example/")]
    public void Identity_Url_IsNormalised(string url, string expected) =>
        Assert.Equal(expected, UrlIdentity.Of(url));

    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("www.shop.example.com", "example.com")]
    [InlineData("evilexample.com", "evilexample.com")]
    [InlineData("a.b.co.uk", "b.co.uk")]
    [InlineData("co.uk", "co.uk")]
    [InlineData("foo.github.io", "foo.github.io")]
    [InlineData("a.foo.github.io", "foo.github.io")]
    [InlineData("a.b.c.blogspot.co.uk", "c.blogspot.co.uk")]
    [InlineData("blogspot.co.uk", "blogspot.co.uk")]
    [InlineData("mail.web.de", "web.de")]
    [InlineData("a.b.shop.com.br", "shop.com.br")]
    [InlineData("x.shop.com.ng", "shop.com.ng")]
    [InlineData("a.b.c.ck", "b.c.ck")]
    [InlineData("a.www.ck", "www.ck")]
    [InlineData("a.b.example.io", "example.io")]
    [InlineData(".com", "com")]
    [InlineData("a..b.com", "b.com")]
    [InlineData("x.s3.amazonaws.com", "x.s3.amazonaws.com")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("localhost", "localhost")]
    [InlineData("", "")]
    [InlineData("...", "")]
    public void RegistrableDomain_Host_IsWhatSomebodyRegistered(string host, string expected) =>
        Assert.Equal(expected, RegistrableDomain.Of(host));
}
