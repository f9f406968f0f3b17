using System.Text;

namespace Crawl4.Help;

/// <summary>A folder of pages: one a cmdlet, and topics named about_*.</summary>
internal static class HelpFolder
{
    public const string MamlFileName = "Crawl4.PowerShell.dll-Help.xml";
    private const string AboutPrefix = "about_";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Convert(string source, string target)
    {
        Directory.CreateDirectory(target);
        var pages = new List<HelpPage>();
        foreach (var file in Directory.EnumerateFiles(source, "*.md").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var text = File.ReadAllText(file);
            if (name.StartsWith(AboutPrefix, StringComparison.Ordinal))
            {
                File.WriteAllText(Path.Combine(target, name + ".help.txt"), AboutTopic.Write(name, text), Utf8);
            }
            else
            {
                pages.Add(HelpPageReader.Read(name, text));
            }
        }

        MamlWriter.Write(pages).Save(Path.Combine(target, MamlFileName));
    }
}

/// <summary>A page that does not have the form that help is made from.</summary>
internal sealed class HelpPageException(string file, string message) : Exception(message)
{
    public string File { get; } = file;
}
