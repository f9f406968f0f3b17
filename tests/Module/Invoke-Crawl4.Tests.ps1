#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:site = Open-TestSite
    $work = Get-TestFolder
    $PSDefaultParameterValues['*-Crawl4*:BaseDirectory'] = $work
}

AfterAll {
    $PSDefaultParameterValues.Remove('*-Crawl4*:BaseDirectory')
    Close-TestSite $site
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'Invoke-Crawl4' {
    It 'gives a typed result, and a hit the second time' {
        $first = Invoke-Crawl4 "$($site.Url)/page/first"
        $second = Invoke-Crawl4 "$($site.Url)/page/first"

        $first.GetType().FullName | Should -Be 'Crawl4.Core.Crawling.CrawlResult'
        $first.Success | Should -BeTrue
        $first.StatusCode | Should -Be 200
        $first.CacheStatus | Should -Be 'Miss'
        "$($first.Markdown)" | Should -Match 'Page first'
        $second.CacheStatus | Should -Be 'Hit'
        "$($second.Markdown)" | Should -Be "$($first.Markdown)"
        @($site.Hits -eq '/page/first').Count | Should -Be 1
    }

    It 'takes URLs from the pipeline, several at a time' {
        $results = 1..12 | ForEach-Object { "$($site.Url)/page/p$_" } | Invoke-Crawl4 -ThrottleLimit 4
        $results.Count | Should -Be 12
        ($results.Url | Sort-Object -Unique).Count | Should -Be 12
    }

    It 'takes a column of a CSV file named <name>' -TestCases @(
        @{ name = 'Url' }, @{ name = 'Uri' }, @{ name = 'Link' }, @{ name = 'Href' }
    ) {
        $csv = "$name,Other`n$($site.Url)/page/csv-$name,https://unreachable.invalid/`n"
        ($csv | ConvertFrom-Csv | Invoke-Crawl4).Url | Should -Be "$($site.Url)/page/csv-$name"
    }

    It 'passes over blank lines and rows of a list' {
        $urls = "$($site.Url)/page/blank1", '', '  ', "$($site.Url)/page/blank2"
        $results = $urls | Invoke-Crawl4 -ErrorVariable failed
        ($results.Url | Sort-Object) | Should -Be "$($site.Url)/page/blank1", "$($site.Url)/page/blank2"
        $rows = "Name,Url`na,$($site.Url)/page/blank1`nb,`n" | ConvertFrom-Csv
        ($rows | Invoke-Crawl4 -ErrorVariable +failed).Url | Should -Be "$($site.Url)/page/blank1"
        $failed | Should -BeNullOrEmpty
    }

    It 'refuses an empty argument, which is a variable that is not set' {
        Invoke-Crawl4 '' -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.UrlInvalid,*'
    }

    It 'takes results and links as arguments: their text is their URL' {
        $start = Invoke-Crawl4 "$($site.Url)/"
        (Invoke-Crawl4 $start).Url | Should -Be "$($site.Url)/"
        (Invoke-Crawl4 $start.Links.Internal).Count | Should -Be 3
        "$($start.Links)" | Should -Be '3 internal, 0 external'
        "$(Get-Crawl4CacheEntry -Url "$($site.Url)/")" | Should -Be "$($site.Url)/"
        "$(Get-Crawl4CacheEntry -Prefix "$($site.Url)/" -First 1)" | Should -Be "$($site.Url)/"
    }

    It 'takes Uri objects and keeps what they were made of' {
        ([uri] "$($site.Url)/page/a b" | Invoke-Crawl4 -CacheMode Bypass -ErrorAction SilentlyContinue -IncludeFailed).Url |
            Should -Be "$($site.Url)/page/a b"
    }

    It 'takes results and links of another crawl' {
        $home_ = Invoke-Crawl4 "$($site.Url)/"
        $followed = $home_.Links.Internal | Invoke-Crawl4
        ($followed.Url | Sort-Object) | Should -Be (1..3 | ForEach-Object { "$($site.Url)/page/$_" })
        ($home_ | Invoke-Crawl4).CacheStatus | Should -Be 'Hit'
    }

    It 'gives a bare host https' {
        Invoke-Crawl4 127.0.0.1:9 -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].TargetObject.Url | Should -Be 'https://127.0.0.1:9'
    }

    It 'sends headers, agent and a credential' {
        $credential = [pscredential]::new('me', [Net.NetworkCredential]::new('', 'secret').SecurePassword)
        $result = Invoke-Crawl4 "$($site.Url)/headers" -CacheMode Bypass -UserAgent 'Mine/1' -Credential $credential `
            -Header @{ 'X-One' = 1; 'X-Many' = 'a', 'b' }
        $result.Html | Should -Match 'X-One=1<'
        $result.Html | Should -Match 'X-Many=a, ?b<'
        $result.Html | Should -Match 'User-Agent=Mine/1<'
        $result.Html | Should -Match ([regex]::Escape('Authorization=Basic ' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('me:secret'))))
    }

    It 'reads only what a selector leaves' {
        $result = Invoke-Crawl4 "$($site.Url)/page/selected" -ExcludedTag h1
        "$($result.Markdown)" | Should -Match 'Text of page selected'
        "$($result.Markdown)" | Should -Not -Match '# Page selected'
    }

    It 'takes -MaxAge in seconds, and 0 for none' {
        $url = "$($site.Url)/page/aged"
        $null = Invoke-Crawl4 $url
        (Invoke-Crawl4 $url -MaxAge 3600).CacheStatus | Should -Be 'Hit'
        (Invoke-Crawl4 $url -MaxAge '01:00:00').CacheStatus | Should -Be 'Hit'
        (Invoke-Crawl4 $url -MaxAge 0).CacheStatus | Should -Be 'Miss'
        { Invoke-Crawl4 $url -MaxAge -5 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'does not touch the cache with -CacheMode Disabled' {
        $empty = Get-TestFolder
        $null = Invoke-Crawl4 "$($site.Url)/page/disabled" -CacheMode Disabled -BaseDirectory $empty
        Get-ChildItem -LiteralPath $empty -Force | Should -BeNullOrEmpty
        Remove-Item -LiteralPath $empty -Recurse -Force
    }

    It 'resolves -BaseDirectory from the current location' {
        Push-Location $work
        try {
            $null = Invoke-Crawl4 "$($site.Url)/page/relative" -BaseDirectory ./sub
        }
        finally {
            Pop-Location
        }
        Join-Path $work 'sub/.crawl4ai/crawl4ai.db' | Should -Exist
        $env:CRAWL4_AI_BASE_DIRECTORY = 'relative'
        Push-Location $work
        try {
            (Get-Crawl4Status -BaseDirectory $work).Folder | Should -Be (Join-Path $work '.crawl4ai')
            $PSDefaultParameterValues.Remove('*-Crawl4*:BaseDirectory')
            (Get-Crawl4Status).Folder | Should -Be (Join-Path $work 'relative/.crawl4ai')
        }
        finally {
            Pop-Location
            $env:CRAWL4_AI_BASE_DIRECTORY = $null
            $PSDefaultParameterValues['*-Crawl4*:BaseDirectory'] = $work
        }
        { Invoke-Crawl4 $site.Url -BaseDirectory 'Env:\HOME' } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
    }

    Context 'a page fails' {
        It 'is an error record that says what, on what and what next; the others go on' {
            $results = "$($site.Url)/missing", "$($site.Url)/page/after" |
                Invoke-Crawl4 -ErrorVariable failed -ErrorAction SilentlyContinue
            $results.Url | Should -Be "$($site.Url)/page/after"
            $failed.Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -Be 'Crawl4.PageNotFound,Crawl4.PowerShell.Commands.InvokeCrawl4Command'
            $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
            $failed[0].TargetObject.StatusCode | Should -Be 404
            $failed[0].CategoryInfo.TargetName | Should -Be "$($site.Url)/missing"
            $failed[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }

        It 'is output too with -IncludeFailed, and not cached' {
            $result = Invoke-Crawl4 "$($site.Url)/missing" -IncludeFailed -ErrorAction SilentlyContinue
            $result.Success | Should -BeFalse
            Get-Crawl4CacheEntry -Prefix "$($site.Url)/missing" | Should -BeNullOrEmpty
        }

        It 'ends the command with -ErrorAction Stop' {
            { "$($site.Url)/missing", "$($site.Url)/hang/x" | Invoke-Crawl4 -ErrorAction Stop } |
                Should -Throw -ErrorId 'Crawl4.PageNotFound,*'
        }

        It 'for a text that is no URL' {
            Invoke-Crawl4 'gopher://example.com' -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.UrlInvalid,*'
            $failed[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        }

        It 'for a private address with -NoPrivateNetwork' {
            Invoke-Crawl4 "$($site.Url)/page/private" -NoPrivateNetwork -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.EgressForbidden,*'
            @($site.Hits -eq '/page/private').Count | Should -Be 0
        }

        It 'once, where the page came but could not be stored' {
            $file = Join-Path $work 'a-file'
            Set-Content -LiteralPath $file -Value 'no folder'
            $records = Invoke-Crawl4 "$($site.Url)/page/unstored" -BaseDirectory $file -ErrorAction Continue 2>&1 3>&1
            @($records | Where-Object { $_ -is [Management.Automation.WarningRecord] }) | Should -BeNullOrEmpty
            $failed = @($records | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
            $failed.Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.StoreUnavailable,*'
            $failed[0].TargetObject.Success | Should -BeTrue
        }

        It 'within its time' {
            Invoke-Crawl4 "$($site.Url)/hang/timeout" -TimeoutSec 0.3 -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.PageTimeout,*'
            $failed[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        }
    }

    Context 'somebody has had enough' {
        It 'ends all requests with Select-Object -First 1' {
            $before = $site.Hits.Count
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $urls = @("$($site.Url)/page/enough") + @(1..50 | ForEach-Object { "$($site.Url)/hang/select$_" })
            $first = $urls | Invoke-Crawl4 -ThrottleLimit 3 | Select-Object -First 1
            $first.Url | Should -Be "$($site.Url)/page/enough"
            # Well within the minute that each hanging page would be waited for.
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
            $after = $site.Hits.Count
            $after - $before | Should -BeLessOrEqual 10
            Start-Sleep -Milliseconds 300
            $site.Hits.Count | Should -Be $after
        }

        It 'ends all requests with Stop()' {
            $shell = [powershell]::Create()
            $null = $shell.AddScript({
                    param($manifest, $url, $base)
                    Import-Module $manifest
                    Invoke-Crawl4 $url -BaseDirectory $base
                }).AddArgument($ModuleManifest).AddArgument("$($site.Url)/hang/stop").AddArgument($work)
            $running = $shell.BeginInvoke()
            Wait-For { $site.Hits -contains '/hang/stop' }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            { $shell.EndInvoke($running) } | Should -Throw
            $shell.Dispose()
        }

        It 'leaves a cache that others can go on with' {
            (Invoke-Crawl4 "$($site.Url)/page/later").Success | Should -BeTrue
        }
    }

    Context 'many at once' {
        It 'works under ForEach-Object -Parallel' {
            $results = 1..8 | ForEach-Object -Parallel {
                Import-Module $using:ModuleManifest
                Invoke-Crawl4 "$(($using:site).Url)/page/parallel$_" -BaseDirectory $using:work
            } -ThrottleLimit 4
            $results.Count | Should -Be 8
            @($results | Where-Object Success).Count | Should -Be 8
        }

        It 'works in a job' {
            $job = Start-Job {
                Import-Module $using:ModuleManifest
                (Invoke-Crawl4 "$(($using:site).Url)/page/job" -BaseDirectory $using:work).StatusCode
            }
            $job | Receive-Job -Wait -AutoRemoveJob | Should -Be 200
        }
    }

    Context 'what is shown' {
        It 'is a table of eighty columns' {
            $text = Invoke-Crawl4 "$($site.Url)/page/first", "$($site.Url)/page/shown" | Format-Table | Out-String -Width 80
            $text | Should -Match '(?m)^Status Cache +KB +Ms Url'
            $text | Should -Match '(?m)^ +200 Hit .*/page/first'
            $text -split "`r?`n" | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        }

        It 'is a table by default, and a list on request' {
            $result = Invoke-Crawl4 "$($site.Url)/page/first"
            $result | Out-String -Width 80 | Should -Match 'Status Cache'
            $list = $result | Format-List | Out-String -Width 80
            $list | Should -Match '(?m)^Title +: Page first'
            $list | Should -Not -Match 'RedirectedUrl'
        }

        It 'says what is decided with -Verbose, and why with -Debug' {
            $decided = Invoke-Crawl4 "$($site.Url)/page/first" -Verbose 4>&1 |
                Where-Object { $_ -is [Management.Automation.VerboseRecord] }
            "$decided" | Should -Match 'page/first'
            $quiet = Invoke-Crawl4 "$($site.Url)/page/first" 4>&1 5>&1
            @($quiet).Count | Should -Be 1
        }

        It 'ends its progress' {
            $shell = [powershell]::Create()
            $null = $shell.AddScript({
                    param($manifest, $url, $base)
                    Import-Module $manifest
                    1..3 | ForEach-Object { "$url/page/progress$_" } | Invoke-Crawl4 -BaseDirectory $base
                }).AddArgument($ModuleManifest).AddArgument($site.Url).AddArgument($work)
            $null = $shell.Invoke()
            $records = @($shell.Streams.Progress | Where-Object Activity -eq 'Crawling')
            $records.Count | Should -BeGreaterThan 0
            $records[-1].RecordType | Should -Be 'Completed'
            $shell.Dispose()
        }

        It 'has the alias Uri' {
            (Invoke-Crawl4 "$($site.Url)/page/first").Uri | Should -Be "$($site.Url)/page/first"
        }
    }

    Context 'completion' {
        It 'offers the cache modes' {
            $line = 'Invoke-Crawl4 -CacheMode W'
            [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText |
                Should -Be 'WriteOnly'
        }

        It 'offers the properties of a result' {
            $line = 'Invoke-Crawl4 x | ForEach-Object { $_.CacheSt'
            [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText |
                Should -Contain 'CacheStatus'
        }
    }

    It 'reads a hit with other options, without the network' {
        $url = "$($site.Url)/page/options"
        $null = Invoke-Crawl4 $url
        $hit = Invoke-Crawl4 $url -TargetElement h1 -ContentFilter Pruning
        $hit.CacheStatus | Should -Be 'Hit'
        $hit.Markdown.RawMarkdown.Trim() | Should -Be '# Page options'
        $options = New-Crawl4ReadingOption -TargetElement p -OnlyText
        (Invoke-Crawl4 $url -ReadingOption $options).Markdown.RawMarkdown | Should -Not -Match '# Page'
        (Invoke-Crawl4 $url -ReadingOption $options -TargetElement h1).Markdown.RawMarkdown.Trim() | Should -Be '# Page options'
        @($site.Hits -eq '/page/options').Count | Should -Be 1
    }

    It 'extracts by schema and by patterns, from a miss and from a hit' {
        $url = "$($site.Url)/page/7"
        $schema = New-Crawl4Schema @{ baseSelector = 'body'; fields = @(@{ name = 'title'; selector = 'h1'; type = 'text' }) }
        $miss = Invoke-Crawl4 $url -Schema $schema
        $miss.CacheStatus | Should -Be 'Miss'
        $miss.ExtractedItems.title | Should -Be 'Page 7'
        $again = Invoke-Crawl4 $url -Schema $schema
        $again.CacheStatus | Should -Be 'Hit'
        $again.ExtractedContent | Should -Be $miss.ExtractedContent
        $numbers = Invoke-Crawl4 $url -CustomPattern @{ number = 'page \d' }
        $numbers.CacheStatus | Should -Be 'Hit'
        @($numbers.ExtractedItems.value)[0] | Should -Be 'Page 7'
        (Invoke-Crawl4 $url).ExtractedContent | Should -BeNullOrEmpty
        @($site.Hits -eq '/page/7').Count | Should -Be 1
        $miss | Format-List | Out-String | Should -Match 'Extracted\s+: 1 items'
    }

    It 'refuses a label or schema that is none before anything is fetched' {
        { Invoke-Crawl4 "$($site.Url)/page/refused" -Pattern emial } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
        { Invoke-Crawl4 "$($site.Url)/page/refused" -Schema @{ baseSelector = 'a' } } | Should -Throw
        @($site.Hits -eq '/page/refused').Count | Should -Be 0
    }
}
