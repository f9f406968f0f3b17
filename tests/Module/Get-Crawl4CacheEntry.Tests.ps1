#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $site = Open-TestSite
    $work = Get-TestFolder
    $null = 1..5 | ForEach-Object { "$($site.Url)/page/$_" } | Invoke-Crawl4 -BaseDirectory $work
    $PSDefaultParameterValues['*-Crawl4*:BaseDirectory'] = $work
}

AfterAll {
    $PSDefaultParameterValues.Remove('*-Crawl4*:BaseDirectory')
    Close-TestSite $site
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'Get-Crawl4CacheEntry' {
    It 'refuses a domain that is a URL' {
        { Get-Crawl4CacheEntry -Domain 'https://a.example/news' } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
    }

    It 'lists entries in the order of their URLs, without content' {
        $entries = Get-Crawl4CacheEntry
        $entries.Count | Should -Be 5
        $entries[0].GetType().Name | Should -Be 'CacheEntrySummary'
        $entries.Url | Should -Be (1..5 | ForEach-Object { "$($site.Url)/page/$_" })
        $entries[0].SizeBytes | Should -BeGreaterThan 100
    }

    It 'lists by <name>' -TestCases @(
        @{ name = 'prefix'; arguments = { @{ Prefix = "$($site.Url)/page/3" } }; count = 1 }
        @{ name = 'domain'; arguments = { @{ Domain = '127.0.0.1' } }; count = 5 }
        @{ name = 'another domain'; arguments = { @{ Domain = 'example.com' } }; count = 0 }
        @{ name = 'age in seconds'; arguments = { @{ OlderThan = 3600 } }; count = 0 }
        @{ name = 'time since'; arguments = { @{ CachedSince = (Get-Date).AddHours(-1) } }; count = 5 }
        @{ name = 'time before'; arguments = { @{ CachedBefore = (Get-Date).AddHours(-1) } }; count = 0 }
        @{ name = 'count'; arguments = { @{ First = 2 } }; count = 2 }
    ) {
        $given = & $arguments
        @(Get-Crawl4CacheEntry @given).Count | Should -Be $count
    }

    It 'reads whole entries by URL, from the pipeline too' {
        $entry = Get-Crawl4CacheEntry -Url "$($site.Url)/page/2"
        $entry.GetType().Name | Should -Be 'CacheEntry'
        $entry.Html | Should -Match 'Page 2'
        $entry.Markdown | Should -Match 'Page 2'
        (Get-Crawl4CacheEntry -First 3 | Get-Crawl4CacheEntry).Count | Should -Be 3
    }

    It 'says what is missing, and goes on' {
        $found = "$($site.Url)/page/nowhere", "$($site.Url)/page/1" |
            Get-Crawl4CacheEntry -ErrorVariable failed -ErrorAction SilentlyContinue
        $found.Url | Should -Be "$($site.Url)/page/1"
        $failed[0].FullyQualifiedErrorId |
            Should -Be 'Crawl4.EntryMissing,Crawl4.PowerShell.Commands.GetCrawl4CacheEntryCommand'
        $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failed[0].TargetObject | Should -Be "$($site.Url)/page/nowhere"
    }

    It 'says what is damaged, and goes on' {
        $copy = Get-TestFolder
        Copy-Item -LiteralPath (Join-Path $work '.crawl4ai') -Destination $copy -Recurse
        Get-ChildItem -LiteralPath (Join-Path $copy '.crawl4ai/html_content') -File | Remove-Item
        Get-Crawl4CacheEntry -Url "$($site.Url)/page/1" -BaseDirectory $copy -ErrorVariable failed -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.EntryDamaged,*'
        $failed[0].CategoryInfo.Category | Should -Be 'InvalidData'
        Remove-Item -LiteralPath $copy -Recurse -Force
    }

    It 'creates nothing where there is no cache' {
        $empty = Get-TestFolder
        Get-Crawl4CacheEntry -BaseDirectory $empty | Should -BeNullOrEmpty
        Get-ChildItem -LiteralPath $empty -Force | Should -BeNullOrEmpty
        Remove-Item -LiteralPath $empty
    }

    It 'leaves nothing open after Select-Object -First 1' {
        @(Get-Crawl4CacheEntry | Select-Object -First 1).Count | Should -Be 1
        @(Get-Crawl4CacheEntry).Count | Should -Be 5
    }

    It 'shows a table of eighty columns' {
        $text = Get-Crawl4CacheEntry | Out-String -Width 80
        $text | Should -Match '(?m)^Cached +Status +KB Url'
        $text | Should -Match '(?m)^\d{4}-\d\d-\d\d \d\d:\d\d +200 .*/page/1'
    }

    It 'shows a whole entry as a list without its content' {
        $text = Get-Crawl4CacheEntry -Url "$($site.Url)/page/1" | Out-String -Width 80
        $text | Should -Match '(?m)^Html +: [\d.,]+ characters'
        $text | Should -Not -Match '<html>'
    }

    Context 'completion' {
        It 'offers <name> from the cache' -TestCases @(
            @{ name = 'URLs'; line = { "Get-Crawl4CacheEntry -BaseDirectory '$work' -Url $($site.Url)/page/4" }; expected = { "$($site.Url)/page/4" } }
            @{ name = 'URLs of a host'; line = { "Get-Crawl4CacheEntry -BaseDirectory '$work' -Url $($site.Url.Substring(7))/page/4" }; expected = { "$($site.Url)/page/4" } }
            @{ name = 'domains'; line = { "Get-Crawl4CacheEntry -BaseDirectory '$work' -Domain 127" }; expected = { '127.0.0.1' } }
        ) {
            $text = & $line
            # A key press is answered within a moment, or not at all: on a busy machine, and while what reads the cache
            # is being loaded, a person presses again.
            $wanted = & $expected
            foreach ($press in 1..25) {
                $found = [Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null)
                if ($found.CompletionMatches.CompletionText -contains $wanted) { break }
            }
            $found.CompletionMatches.CompletionText | Should -Contain $wanted
        }

        It 'never fails, and writes nothing' {
            $empty = Get-TestFolder
            $text = "Get-Crawl4CacheEntry -BaseDirectory '$empty/none' -Domain x"
            { [Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null) } | Should -Not -Throw
            Get-ChildItem -LiteralPath $empty -Force | Should -BeNullOrEmpty
            Remove-Item -LiteralPath $empty
        }
    }
}
