#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:work = Get-TestFolder
}

AfterAll {
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'Repair-Crawl4Consistency' {
    It 'goes on after what is no mismatch' {
        $problems = @()
        'text', (Get-Date) | Repair-Crawl4Consistency -BaseDirectory $work -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 2
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.OptionInvalid,*'
        $problems[0].Exception.Message | Should -BeLike '*no mismatch*'
    }

    It 'makes nothing where there is nothing to do' {
        Get-ChildItem -LiteralPath $work -Force | Should -BeNullOrEmpty
    }

    It 'asks before it changes anything, when told to' {
        (Get-Command Repair-Crawl4Consistency).Parameters.Keys | Should -Contain 'WhatIf'
        (Get-Command Repair-Crawl4Consistency).Parameters.Keys | Should -Contain 'Confirm'
    }
}
