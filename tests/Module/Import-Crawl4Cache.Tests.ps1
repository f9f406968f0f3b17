#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:site = Open-TestSite
    $script:work = Get-TestFolder
    $null = 1..3 | ForEach-Object { "$($site.Url)/page/$_" } | Invoke-Crawl4 -BaseDirectory $work
    $script:folder = Join-Path $work 'export'
    $null = Export-Crawl4Cache $folder -Format Jsonl -BaseDirectory $work
}

AfterAll {
    Close-TestSite $site
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'Import-Crawl4Cache' {
    It 'stores every entry once, and nothing with -WhatIf' {
        $target = Join-Path $work 'target'
        Import-Crawl4Cache $folder -BaseDirectory $target -WhatIf | Should -BeNullOrEmpty
        Join-Path $target '.crawl4ai' | Should -Not -Exist
        (Import-Crawl4Cache $folder -BaseDirectory $target).Stored | Should -Be 3
        $again = Import-Crawl4Cache $folder -BaseDirectory $target
        $again.Stored, $again.Unchanged | Should -Be 0, 3
        (Get-Crawl4CacheEntry "$($site.Url)/page/2" -BaseDirectory $target).Html |
            Should -Be (Get-Crawl4CacheEntry "$($site.Url)/page/2" -BaseDirectory $work).Html
    }

    It 'refuses a folder that is no export' {
        { Import-Crawl4Cache $work -BaseDirectory $work } | Should -Throw -ErrorId 'Crawl4.ExportInvalid,*'
    }

    It 'refuses an export with a file that was changed' {
        $broken = Join-Path $work 'broken'
        Copy-Item -LiteralPath $folder $broken -Recurse
        $part = Get-ChildItem -LiteralPath (Join-Path $broken 'entries') -File | Select-Object -First 1
        Add-Content -LiteralPath $part.FullName -Value 'x'
        { Import-Crawl4Cache $broken -BaseDirectory (Join-Path $work 'other') } | Should -Throw -ErrorId 'Crawl4.ExportInvalid,*'
        Join-Path $work 'other/.crawl4ai' | Should -Not -Exist
    }
}
