using System.Collections;
using Crawl4.PowerShell.Binding;

namespace Crawl4.PowerShell.Tests.Binding;

public class HeaderTextTests
{
    [Fact]
    public void From_ValuesOfManyKinds_AreTextOfNoCulture() => Assert.Equal(
        new Dictionary<string, string> { ["Accept"] = "text/html, text/plain", ["X-Number"] = "1.5", ["X-None"] = "" },
        HeaderText.From(new Hashtable
        {
            ["Accept"] = new object[] { "text/html", "text/plain" },
            ["X-Number"] = 1.5,
            ["X-None"] = null,
        }).OrderBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value));

    [Fact]
    public void From_Nothing_IsNoHeader() => Assert.Empty(HeaderText.From(null));
}
