#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:site = Open-TestSite
    $script:work = Get-TestFolder
}

AfterAll {
    Close-TestSite $site
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'Get-Crawl4Status' {
    It 'says that there is no cache yet, and makes none' {
        $status = Get-Crawl4Status -BaseDirectory $work
        $status.Layout | Should -Be 'None'
        $status.EntryCount | Should -Be 0
        Get-ChildItem -LiteralPath $work -Force | Should -BeNullOrEmpty
    }

    It 'says where the cache is and what is in it' {
        $null = Invoke-Crawl4 "$($site.Url)/page/1", "$($site.Url)/page/2" -BaseDirectory $work
        $status = Get-Crawl4Status -BaseDirectory $work
        $status.GetType().Name | Should -Be 'StoresStatus'
        $status.Folder | Should -Be (Join-Path $work '.crawl4ai')
        $status.Layout | Should -Be 'Files'
        $status.EntryCount | Should -Be 2
        $status.DatabaseBytes | Should -BeGreaterThan 0
        $status.ContentFileCount | Should -BeGreaterThan 0
        $status.Newest | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddMinutes(-5))
        $status.NeedsUpgrade | Should -BeFalse
    }

    It 'follows the environment variable' {
        $old = $env:CRAWL4_AI_BASE_DIRECTORY
        try {
            $env:CRAWL4_AI_BASE_DIRECTORY = $work
            (Get-Crawl4Status).EntryCount | Should -Be 2
        }
        finally {
            $env:CRAWL4_AI_BASE_DIRECTORY = $old
        }
    }

    It 'shows a list' {
        Get-Crawl4Status -BaseDirectory $work | Out-String -Width 80 | Should -Match '(?m)^Entries +: 2'
    }

    It 'ends with an error where the file is no database' {
        $broken = Get-TestFolder
        $null = New-Item -ItemType Directory (Join-Path $broken '.crawl4ai')
        Set-Content -LiteralPath (Join-Path $broken '.crawl4ai/crawl4ai.db') -Value ('no database ' * 1000)
        { Get-Crawl4Status -BaseDirectory $broken -ErrorAction Stop } | Should -Throw -ErrorId 'Crawl4.StoreCorrupt,*'
        Remove-Item -LiteralPath $broken -Recurse -Force
    }
}
