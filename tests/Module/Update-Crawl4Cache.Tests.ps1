#Requires -Version 7.6
BeforeDiscovery {
    # A real cache of Crawl4AI 0.2, where there is one beside the repository.
    $script:old = [IO.Path]::GetFullPath("$PSScriptRoot/../../../shared/data/crawl4ai-0.2.77")
    $script:hasOld = Test-Path -LiteralPath $script:old
}

BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:old = [IO.Path]::GetFullPath("$PSScriptRoot/../../../shared/data/crawl4ai-0.2.77")
    $script:site = Open-TestSite
    $script:work = Get-TestFolder
}

AfterAll {
    Close-TestSite $site
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'Update-Crawl4Cache' {
    It 'finds nothing to do in a new cache' {
        $null = Invoke-Crawl4 "$($site.Url)/page/1" -BaseDirectory $work
        $report = Update-Crawl4Cache -BaseDirectory $work
        $report.GetType().Name | Should -Be 'CacheUpgradeReport'
        $report.UpToDate | Should -BeTrue
        $report.BackupPath | Should -BeNullOrEmpty
        $report.Rehearsal | Should -BeFalse
    }

    Context 'a cache of Crawl4AI 0.2' -Skip:(-not $hasOld) {
        BeforeEach {
            $copy = Get-TestFolder
            $null = New-Item -ItemType Directory (Join-Path $copy '.crawl4ai')
            Copy-Item -Path "$old/*" -Destination (Join-Path $copy '.crawl4ai') -Recurse
            # What it is copied from may be read-only.
            Get-ChildItem -LiteralPath $copy -Recurse -Force -File | ForEach-Object { $_.IsReadOnly = $false }
        }

        AfterEach {
            Remove-Item -LiteralPath $copy -Recurse -Force
        }

        It 'is rehearsed with -WhatIf, and nothing is written' {
            $before = Get-FolderDigest $copy
            $report = Update-Crawl4Cache -BaseDirectory $copy -WhatIf
            $report.Rehearsal | Should -BeTrue
            $report.EntriesMovedToFiles | Should -BeGreaterThan 0
            Get-FolderDigest $copy | Should -Be $before
        }

        It 'is upgraded after a backup, and a second time there is nothing to do' {
            $count = (Get-Crawl4Status -BaseDirectory $copy).EntryCount
            (Get-Crawl4Status -BaseDirectory $copy).NeedsUpgrade | Should -BeTrue
            $report = Update-Crawl4Cache -BaseDirectory $copy
            $report.BackupPath | Should -Exist
            $status = Get-Crawl4Status -BaseDirectory $copy
            $status.EntryCount | Should -Be $count
            $status.Layout | Should -Be 'Files'
            $status.NeedsUpgrade | Should -BeFalse
            (Update-Crawl4Cache -BaseDirectory $copy).UpToDate | Should -BeTrue
        }
    }

    It 'shows its report as a list' {
        Update-Crawl4Cache -BaseDirectory $work | Out-String -Width 80 | Should -Match '(?m)^UpToDate +: True'
    }
}
