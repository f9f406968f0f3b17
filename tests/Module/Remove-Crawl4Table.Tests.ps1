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

Describe 'Remove-Crawl4Table' -Skip:$missing {
    BeforeAll {
        $script:dynalite = Open-Dynalite
        $env:DYNAMODB_ENDPOINT = $dynalite.Endpoint
        $env:DYNAMODB_TABLE_SESSIONS = 'my-sessions'
    }

    AfterAll {
        Close-Dynalite $dynalite
    }

    BeforeEach {
        $null = Initialize-Crawl4Table
    }

    It 'names each with -WhatIf, and removes nothing' {
        $said = pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModuleManifest'; Remove-Crawl4Table * -WhatIf" | Out-String -Width 500
        @($said -split '\n' -match 'What if').Count | Should -Be 3
        (Get-Crawl4Table).Exists | Should -Be $true, $true, $true
    }

    It 'asks by default' {
        $null = pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModuleManifest'; Remove-Crawl4Table *" 2>&1
        $LASTEXITCODE | Should -Be 1
        (Get-Crawl4Table).Exists | Should -Be $true, $true, $true
    }

    It 'removes what is named, and outputs it with -PassThru' {
        (Remove-Crawl4Table my-sessions -PassThru -Confirm:$false).Name | Should -Be 'my-sessions'
        (Get-Crawl4Table).Exists | Should -Be $true, $true, $false
        Remove-Crawl4Table my-sessions -Confirm:$false | Should -BeNullOrEmpty
    }

    It 'removes what a pipeline gives' {
        Get-Crawl4Table *results | Remove-Crawl4Table -Confirm:$false
        (Get-Crawl4Table).Exists | Should -Be $false, $true, $true
    }

    It 'leaves tables of others alone' {
        { Remove-Crawl4Table somebody-elses -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'Crawl4.TableMissing,*'
    }
}
