#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:work = Get-TestFolder
}

AfterAll {
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'Get-Crawl4Migration' {
    It 'says that there never was one, and makes nothing' {
        $status = Get-Crawl4Migration -BaseDirectory $work
        $status.GetType().Name | Should -Be 'MigrationStatus'
        $status.State | Should -Be 'None'
        $status.Holder | Should -BeNullOrEmpty
        $shown = $status | Out-String
        $shown | Should -Match 'This cache was never migrated\.'
        $shown | Should -Not -Match 'Copied|Cost'
        Get-ChildItem -LiteralPath $work -Force | Should -BeNullOrEmpty
    }

    It 'lists nothing damaged where nothing was migrated' {
        Get-Crawl4Migration -BaseDirectory $work -Damaged | Should -BeNullOrEmpty
    }
}
