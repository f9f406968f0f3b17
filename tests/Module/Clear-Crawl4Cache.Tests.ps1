#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:site = Open-TestSite
}

AfterAll {
    Close-TestSite $site
}

Describe 'Clear-Crawl4Cache' {
    BeforeEach {
        $work = Get-TestFolder
        $PSDefaultParameterValues['*-Crawl4*:BaseDirectory'] = $work
        $null = 1..3 | ForEach-Object { "$($site.Url)/page/$_" } | Invoke-Crawl4
    }

    AfterEach {
        $PSDefaultParameterValues.Remove('*-Crawl4*:BaseDirectory')
        Remove-Item -LiteralPath $work -Recurse -Force
    }

    It 'removes every entry and keeps the cache' {
        Clear-Crawl4CacheEntry -Confirm:$false | Should -BeNullOrEmpty
        (Get-Crawl4Status).EntryCount | Should -Be 0
        (Invoke-Crawl4 "$($site.Url)/page/1").CacheStatus | Should -Be 'Miss'
        (Get-Crawl4Status).EntryCount | Should -Be 1
    }

    It 'says how many and where with -WhatIf, and writes nothing' {
        $before = Get-FolderDigest $work
        $said = pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModuleManifest'; Clear-Crawl4Cache -BaseDirectory '$work' -WhatIf" | Out-String -Width 500
        $said | Should -Match '3 entries'
        $said.Replace("`n", '') | Should -Match ([regex]::Escape((Split-Path $work -Leaf)))
        Get-FolderDigest $work | Should -Be $before
    }

    It 'asks by default, also with -Force' {
        $null = pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModuleManifest'; Clear-Crawl4Cache -BaseDirectory '$work' -Force" 2>&1
        $LASTEXITCODE | Should -Be 1
        (Get-Crawl4Status).EntryCount | Should -Be 3
    }

    It 'leaves a place without a cache alone' {
        $empty = Get-TestFolder
        Clear-Crawl4Cache -BaseDirectory $empty
        Get-ChildItem -LiteralPath $empty -Force | Should -BeNullOrEmpty
        Remove-Item -LiteralPath $empty
    }
}
