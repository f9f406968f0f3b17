#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:site = Open-TestSite
    $script:work = Get-TestFolder
    $script:name = "Gr`u{fc}`u{df}e `u{1F680}"
    $script:html = "<html>`n<head><title>Page</title></head>`n<body><nav>Menu</nav><h1>$name</h1>`n" +
        "<p>See <a href='/x'>the other page</a>.</p></body>`n</html>"
    $script:file = Join-Path $work 'page [1].html'
    [IO.File]::WriteAllText($file, $html)
    $script:table = '<table><caption>T</caption><thead><tr><th>A</th><th>B</th></tr></thead>' +
        '<tbody><tr><td>1</td><td>2</td></tr></tbody></table>'
}

AfterAll {
    Close-TestSite $site
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'ConvertTo-Crawl4Markdown' {
    It 'takes a text as one document' {
        $markdown = $html | ConvertTo-Crawl4Markdown -ExcludedTag nav
        $markdown | Should -Be "# $name`n`nSee [the other page](/x).`n"
        $markdown | Should -BeOfType string
    }

    It 'joins lines: of Get-Content, of a program, of several files' {
        $expected = $html | ConvertTo-Crawl4Markdown
        Get-Content -LiteralPath $file | ConvertTo-Crawl4Markdown | Should -Be $expected
        Get-Content -LiteralPath $file -Raw | ConvertTo-Crawl4Markdown | Should -Be $expected
        $html -split "`n" | ConvertTo-Crawl4Markdown | Should -Be $expected
        $other = Join-Path $work 'other.html'
        "<h1>Other</h1>`n<p>page</p>" | Set-Content $other
        @(Get-Content -LiteralPath $file, $other | ConvertTo-Crawl4Markdown).Count | Should -Be 2
        @($html, $html | ConvertTo-Crawl4Markdown).Count | Should -Be 2
    }

    It 'reads files, by path, wildcard, literal path and Get-ChildItem' {
        $expected = $html | ConvertTo-Crawl4Markdown
        ConvertTo-Crawl4Markdown "$work/page*.html" | Should -Be $expected
        ConvertTo-Crawl4Markdown -LiteralPath $file | Should -Be $expected
        Get-ChildItem -LiteralPath $file | ConvertTo-Crawl4Markdown | Should -Be $expected
        Push-Location $work
        try {
            ConvertTo-Crawl4Markdown ./page*.html | Should -Be $expected
        }
        finally {
            Pop-Location
        }
    }

    It 'finds the charset of a file in the file' {
        $latin = Join-Path $work 'latin.html'
        $text = "<html><head><meta charset='windows-1252'></head><body><p>Gr`u{fc}`u{df}e</p></body></html>"
        [IO.File]::WriteAllBytes($latin, [Text.Encoding]::Latin1.GetBytes($text))
        (ConvertTo-Crawl4Markdown $latin).Trim() | Should -Be "Gr`u{fc}`u{df}e"
    }

    It 'takes answers of Invoke-WebRequest, with their URL' {
        $links = Invoke-WebRequest "$($site.Url)/" | ConvertTo-Crawl4Markdown -As Links
        $links.Href | Should -Be (1..3 | ForEach-Object { "$($site.Url)/page/$_" })
    }

    It 'takes results and entries of the cache, with their URL, and does not fetch them again' {
        $page = Invoke-Crawl4 "$($site.Url)/page/cached" -BaseDirectory $work
        $page | ConvertTo-Crawl4Markdown -CssSelector h1 | Should -Be "# Page cached`n"
        $entry = Get-Crawl4CacheEntry -Url $page.Url -BaseDirectory $work
        $result = $entry | ConvertTo-Crawl4Markdown -As Result
        $result.GetType().FullName | Should -Be 'Crawl4.Core.Crawling.CrawlResult'
        $result.Url | Should -Be $page.Url
        @($site.Hits -eq '/page/cached').Count | Should -Be 1
    }

    It 'makes links absolute with -BaseUrl' {
        $html | ConvertTo-Crawl4Markdown -BaseUrl https://e.example/dir/ | Should -Match '\(https://e.example/x\)'
    }

    It 'gives each part that -As names' {
        $result = $html | ConvertTo-Crawl4Markdown -As Result
        $result.Metadata['title'] | Should -Be 'Page'
        ($html | ConvertTo-Crawl4Markdown -As Metadata)['title'] | Should -Be 'Page'
        $html | ConvertTo-Crawl4Markdown -As Citations | Should -Match "(?s)other page`u{27e8}1`u{27e9}.*## References.*`u{27e8}1`u{27e9} /x"
        $html | ConvertTo-Crawl4Markdown -As CleanedHtml | Should -Match '<h1>'
        ($table | ConvertTo-Crawl4Markdown -As Tables).ToCsv() | Should -Match '(?s)A,B\r?\n1,2'
        ("<img src='/a.png' width='500' height='500' alt='An image of something'>" |
            ConvertTo-Crawl4Markdown -As Media).Src | Should -Be '/a.png'
    }

    It 'gives fit Markdown with a filter, and extracted objects with a schema or patterns' {
        $body = "<nav><a href='/'>Home</a></nav><article><h1>Keys</h1><p>$('Rotate the access keys. ' * 10)</p></article>"
        $fit = $body | ConvertTo-Crawl4Markdown -ContentFilter Pruning
        $fit | Should -Match 'Rotate'
        $fit | Should -Not -Match 'Home'
        $body | ConvertTo-Crawl4Markdown -ContentFilter Pruning -As Markdown | Should -Match 'Home'
        $body | ConvertTo-Crawl4Markdown -Query 'access keys' | Should -Match 'Rotate'
        $schema = @{ baseSelector = 'a'; fields = @(@{ name = 'href'; type = 'attribute'; attribute = 'href' }) }
        ($html | ConvertTo-Crawl4Markdown -Schema $schema).href | Should -Be '/x'
        $found = 'Write to a@b.example or c@d.example, or #1' | ConvertTo-Crawl4Markdown -Pattern Email -CustomPattern @{ n = '#\d' }
        $found.value | Should -Be 'a@b.example', 'c@d.example', '#1'
    }

    It 'lets other parameters win over -ReadingOption' {
        $options = New-Crawl4ReadingOption -CssSelector h1 -OnlyText
        "<h1>One <b>b</b></h1><p>Two</p>" | ConvertTo-Crawl4Markdown -ReadingOption $options | Should -Be "# One b`n"
        "<h1>One <b>b</b></h1><p>Two</p>" | ConvertTo-Crawl4Markdown -ReadingOption $options -CssSelector p | Should -Be "Two`n"
    }

    It 'says what cannot be read, and goes on' {
        $markdown = 3, '<p>text</p>' | ConvertTo-Crawl4Markdown -ErrorVariable failed -ErrorAction SilentlyContinue
        $markdown | Should -Be "text`n"
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.OptionInvalid,*'
        ConvertTo-Crawl4Markdown (Join-Path $work 'none.html') -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.PageNotFound,*'
        ConvertTo-Crawl4Markdown -LiteralPath (Join-Path $work 'none.html') -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.PageNotFound,*'
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a selector that is none'; with = @{ CssSelector = '[' } }
        @{ what = 'a label that there is not'; with = @{ Pattern = 'emial' } }
        @{ what = 'a schema and patterns'; with = @{ Pattern = 'email'; Schema = @{ baseSelector = 'a'; fields = @(@{ name = 'a'; type = 'text' }) } } }
        @{ what = 'a schema of Markdown'; with = @{ ExtractFrom = 'Markdown'; Schema = @{ baseSelector = 'a'; fields = @(@{ name = 'a'; type = 'text' }) } } }
        @{ what = 'a source without an extraction'; with = @{ ExtractFrom = 'Html' } }
        @{ what = 'a threshold without a filter'; with = @{ Threshold = 1 } }
    ) {
        { '<p>x</p>' | ConvertTo-Crawl4Markdown @with } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
    }

    It 'ends early without waiting for the rest' {
        (1..1000 | ForEach-Object { "<p>$_</p>`n" } | ConvertTo-Crawl4Markdown | Select-Object -First 1) | Should -Be "1`n"
    }

    It 'completes labels and choices' {
        $line = 'ConvertTo-Crawl4Markdown -Pattern ema'
        $completed = [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
        $completed.CompletionMatches.CompletionText | Should -Be 'email'
    }

    It 'takes what a script does not have for none: <_>' -ForEach @(
        'CssSelector', 'TargetElement', 'ExcludedTag', 'ExcludedSelector', 'Query'
    ) {
        $given = @{ $_ = $null }
        if ($_ -eq 'Query') {
            $given.As = 'Markdown'
        }
        '<p>text</p>' | ConvertTo-Crawl4Markdown @given | Should -Be "text`n"
    }

    It 'joins bytes that come one by one' {
        $bytes = [Text.Encoding]::GetEncoding(28591).GetBytes("<meta charset='windows-1252'><p>Gr`u{fc}`u{df}e</p>")
        @($bytes | ConvertTo-Crawl4Markdown) | Should -Be "Gr`u{fc}`u{df}e`n"
        $bytes + 'between' + $bytes | ForEach-Object { $_ } | ConvertTo-Crawl4Markdown |
            Should -Be "Gr`u{fc}`u{df}e`n", "between`n", "Gr`u{fc}`u{df}e`n"
    }

    It 'reads XML that Invoke-RestMethod parsed' {
        $feed = [xml] '<rss version="2.0"><channel><title>News</title><item><title>One</title></item></channel></rss>'
        $feed | ConvertTo-Crawl4Markdown | Should -BeLike '# News*## One*'
    }

    It 'goes on after a literal path that is no file: <_>' -ForEach 'Env:PATH', 'nodrive:/page.html' {
        $markdown = ConvertTo-Crawl4Markdown -LiteralPath $_, $file -ErrorAction SilentlyContinue -ErrorVariable failed
        $markdown | Should -BeLike "*$name*"
        $failed | Should -HaveCount 1
        $failed.FullyQualifiedErrorId | Should -BeLike 'Crawl4.*'
        $failed.TargetObject | Should -Be $_
    }

    It 'names a file by its path in errors' {
        $missing = Join-Path $work 'no such (1).html'
        ConvertTo-Crawl4Markdown -LiteralPath $missing -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Exception.Message | Should -Be "$missing does not exist."
    }

    It 'refuses a base that is no URL, and parts that nothing makes' {
        { '<p>x</p>' | ConvertTo-Crawl4Markdown -BaseUrl nowhere } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
        { '<p>x</p>' | ConvertTo-Crawl4Markdown -As Fit } | Should -Throw '*-As Fit needs a content filter*'
        { '<p>x</p>' | ConvertTo-Crawl4Markdown -As FitHtml } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
        { '<p>x</p>' | ConvertTo-Crawl4Markdown -As Extracted } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
        { '<p>x</p>' | ConvertTo-Crawl4Markdown -CustomPattern @{ all = $null } } |
            Should -Throw "The pattern of the label 'all' is empty."
    }

    It 'takes a base that is relative to where the page was' {
        $page = [pscustomobject]@{ Html = '<a href="x">link</a>'; Url = 'https://example.com/a/' }
        $page | ConvertTo-Crawl4Markdown -BaseUrl /docs/ | Should -Be "[link](https://example.com/docs/x)`n"
    }

    It 'completes the ways to divide a text' {
        $command = 'ConvertTo-Crawl4Markdown page.html -Chunker S'
        (TabExpansion2 $command $command.Length).CompletionMatches.CompletionText | Should -Be 'Sentence', 'SlidingWindow'
    }
}
