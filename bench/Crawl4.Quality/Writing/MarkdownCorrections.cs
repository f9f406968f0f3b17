namespace Crawl4.Quality.Writing;

/// <summary>Where our Markdown differs on purpose, and why.</summary>
internal static class MarkdownCorrections
{
    public static CorrectionList<Case> OfWords() => new([.. Everywhere(), .. InOptions()]);

    public static CorrectionList<Case> OfEffects() => new(
    [
        .. Everywhere().Where(row => row.What is "Markdown: links and emphasis in a code block" or "Markdown: mail addresses"
            or "Markdown: javascript: and data:" or "Markdown: images with a title, or with no URL"),
        Option("escape_snob", "what Markdown would read as a mark is escaped, always"),
        Option("escape_dot", "what Markdown would read as a mark is escaped, always"),
        Option("protect_links", "images too"),
        Option("handle_code_in_pre", "a code block is code, byte for byte"),
        Option("unicode_snob", "signs stay what they are, always"),
        Option("ignore_tables", "a table that lays the page out is none in either case"),
        Option("pad_tables", "a table that lays the page out is none"),
        Option("bypass_tables", "a cell without a table is text"),
        Option("ignore_emphasis", "emphasis of nothing is none"),
        Option("emphasis_mark", "emphasis of nothing is none, and underlined text has none"),
        Option("strong_mark", "within a word only * is read as a mark"),
        Option("google_doc", "it is for pages of one old editor; Crawl4AI numbers the lists of all others"),
        Option("body_width", "no break within a link's URL, and none where there is no blank"),
    ]);

    private static (string What, string Reason, Func<Case, bool> Holds)[] Everywhere() =>
    [
        Of("emphasis or code side by side", "marks that meet would not be read as marks, so they are one",
            "<i>a</i><i>b</i>", "<u>u</u><s>", "<tt>t</tt><code>", "<b>a</b><b>c</b>"),
        Of("code with a language", "the fence names it", "class='language-js'", "class='lang-py'"),
        Of("links and emphasis in a code block", "it is code, byte for byte", "<pre>a <b>bold</b>"),
        Of("mail addresses", "links like others unless the option says so", "mailto:"),
        Of("javascript: and data:", "no place to go to", "javascript:", "data:image"),
        Of("images with a title, or with no URL", "the title is kept; the alternative text stands for what cannot be had",
            "title='t'", "<img alt='x'>", "<img src='' alt='x'>"),
        Of("abbreviations", "no Markdown has them; their title is lost", "<abbr"),
        Of("signs such as ©", "they stay what they are", "&copy;"),
        Of("blocks within a cell, and blocks side by side", "blocks are apart",
            "<td><p>a</p><p>b</p></td>", "<button>", "<details>", "<center>", "<figure>"),
        Of("iframes", "what is in one is for browsers without frames", "<iframe"),
    ];

    private static (string What, string Reason, Func<Case, bool> Holds)[] InOptions() =>
    [
        Option("protect_links", "the whole URL stands in brackets; Crawl4AI resolves it with them"),
        Option("bypass_tables", "the HTML is the page's own, with its tbody"),
        Option("preserve_tags", "the HTML is the page's own, with its tbody"),
        Option("ignore_tables", "cells are apart"),
        Option("pad_tables", "a table within a table makes Crawl4AI fail"),
        Option("google_doc", "it is for pages of one old editor; Crawl4AI numbers the lists of all others"),
        Option("images_as_html", "URLs are absolute"),
        Option("images_with_size", "URLs are absolute"),
    ];

    private static (string, string, Func<Case, bool>) Option(string option, string reason) =>
        ("Markdown: " + option, reason, row => row.Has(option));

    private static (string, string, Func<Case, bool>) Of(string what, string reason, params string[] html) =>
        ("Markdown: " + what, reason, row => html.Any(part => row.Html.Contains(part, StringComparison.Ordinal)));
}
