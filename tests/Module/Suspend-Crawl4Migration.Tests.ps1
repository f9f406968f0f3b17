#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:work = Get-TestFolder
}

AfterAll {
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'Suspend-Crawl4Migration' {
    It 'says that none runs, and makes nothing' {
        Suspend-Crawl4Migration -BaseDirectory $work -Confirm:$false | Should -BeFalse
        Get-ChildItem -LiteralPath $work -Force | Should -BeNullOrEmpty
    }

    It 'tells nobody with -WhatIf' {
        Suspend-Crawl4Migration -BaseDirectory $work -WhatIf | Should -BeNullOrEmpty
    }
}
