#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:site = Open-TestSite
    $script:work = Get-TestFolder
    $null = New-Item -ItemType Directory (Join-Path $work 'a/b'), (Join-Path $work 'broken/.crawl4ai')
    $null = Invoke-Crawl4 "$($site.Url)/page/1", "$($site.Url)/page/2" -BaseDirectory (Join-Path $work 'a/b')
    Set-Content -LiteralPath (Join-Path $work 'broken/.crawl4ai/crawl4ai.db') -Value ('no database ' * 1000)
}

AfterAll {
    Close-TestSite $site
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'Find-Crawl4Cache' {
    It 'finds caches below a folder, and says what they are' {
        $found = Find-Crawl4Cache $work | Where-Object DatabasePath -Like "$work*"
        $found.Count | Should -Be 2
        $cache = $found | Where-Object BaseDirectory -EQ (Join-Path $work 'a/b')
        $cache.EntryCount | Should -Be 2
        $cache.Damaged | Should -Be 0
        ($found | Where-Object Error).Error.Code | Should -Be 'StoreCorrupt'
    }

    It 'looks in the current location, and comes to each cache once' {
        $found = Find-Crawl4Cache a, a/b -BaseDirectory $work | Where-Object DatabasePath -Like "$work*"
        @($found).Count | Should -Be 1
    }
}
