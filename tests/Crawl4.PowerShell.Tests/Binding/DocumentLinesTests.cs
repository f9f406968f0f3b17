using Crawl4.PowerShell.Binding;

namespace Crawl4.PowerShell.Tests.Binding;

public class DocumentLinesTests
{
    [Theory]
    [InlineData("a|b", "a b ")]
    [InlineData("a~b|c~d", "a b;c d")]
    [InlineData("a|b~c|d", "a ;b c;d ")]
    [InlineData("<!doctype html>|<html>|x|</html>", "<!doctype html> <html> x </html> ")]
    [InlineData("<html>x</html>|<html>y</html>", "<html>x</html> ;<html>y</html> ")]
    [InlineData("<html>x</html>|<!-- end -->", "<html>x</html> <!-- end --> ")]
    [InlineData("<HTML>x</HTML>| <!DOCTYPE html>|y", "<HTML>x</HTML> ; <!DOCTYPE html> y ")]
    [InlineData("", " ")]
    public void Add_PutsDocumentsTogether(string texts, string documents)
    {
        var lines = new DocumentLines();
        var found = texts.Split('|').SelectMany(text => lines.Add(text.Replace('~', '\n'), file: null)).ToList();
        if (lines.End() is { } last)
        {
            found.Add(last);
        }

        Assert.Equal(documents, string.Join(';', found.Select(document => document.Html.Replace('\n', ' '))));
        Assert.Null(lines.End());
    }

    [Fact]
    public void Add_OfAnotherFile_BeginsADocument()
    {
        var lines = new DocumentLines();
        (string Text, string File)[] given = [("a", "1"), ("b", "1"), ("c", "2")];
        var first = Assert.Single(given.SelectMany(line => lines.Add(line.Text, line.File)).ToList());
        Assert.Equal(new LinedDocument("a\nb\n", "1"), first);
        Assert.Equal(new LinedDocument("c\n", "2"), lines.End());
    }
}
