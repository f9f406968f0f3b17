#Requires -Version 7.6
BeforeDiscovery {
    . "$PSScriptRoot/Dynalite.ps1"
    $script:missing = -not (Get-DynaliteFolder)
}

BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    . "$PSScriptRoot/Dynalite.ps1"
    $script:saved = Save-AwsEnvironment
}

AfterAll {
    Restore-AwsEnvironment $saved
}

Describe 'Get-Crawl4Table' -Skip:$missing {
    BeforeAll {
        $script:dynalite = Open-Dynalite
        $env:DYNAMODB_ENDPOINT = $dynalite.Endpoint
        $env:DYNAMODB_TABLE_SESSIONS = 'my-sessions'
    }

    AfterAll {
        Close-Dynalite $dynalite
    }

    It 'says what is not there, and makes none' {
        $tables = Get-Crawl4Table
        $tables.Exists | Should -Be $false, $false, $false
        $tables.Missing | Should -Be 'the table', 'the table', 'the table'
    }

    It 'finds by wildcards, in any case' {
        $null = Initialize-Crawl4Table
        (Get-Crawl4Table CRAWL4AI-*).Name | Should -Be 'crawl4ai-results', 'crawl4ai-content'
        (Get-Crawl4Table my-sessions).Holds | Should -Be 'sessions'
        Get-Crawl4Table none* | Should -BeNullOrEmpty
    }

    It 'goes on after a name that is none of them' {
        $found = Get-Crawl4Table other-table, my-sessions -ErrorAction SilentlyContinue -ErrorVariable failed
        $found.Name | Should -Be 'my-sessions'
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.TableMissing,*'
        $failed[0].TargetObject | Should -Be 'other-table'
    }
}
