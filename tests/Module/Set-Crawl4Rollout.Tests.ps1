#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:site = Open-TestSite
}

AfterAll {
    Close-TestSite $site
}

Describe 'The rollout without DynamoDB' {
    BeforeEach {
        $work = Get-TestFolder
        $PSDefaultParameterValues['*-Crawl4*:BaseDirectory'] = $work
        $null = 1..3 | ForEach-Object { "$($site.Url)/page/$_" } | Invoke-Crawl4
        # Nothing listens on the discard port.
        $env:DYNAMODB_ENDPOINT = 'http://127.0.0.1:9'
        $env:DYNAMODB_MAX_RETRIES = '0'
    }

    AfterEach {
        $PSDefaultParameterValues.Remove('*-Crawl4*:BaseDirectory')
        $env:DYNAMODB_ENDPOINT = $null
        $env:DYNAMODB_MAX_RETRIES = $null
        $env:DYNAMODB_MIGRATION_PCT = $null
        Remove-Item -LiteralPath $work -Recurse -Force
    }

    It 'is not begun' {
        $state = Get-Crawl4Rollout -WarningAction SilentlyContinue
        $state.Stage | Should -Be 'SqliteOnly'
        $state.Revision | Should -Be 0
        Get-Crawl4RolloutHistory | Should -BeNullOrEmpty
    }

    It 'does not go forward, and says what is missing' {
        $failure = { Set-Crawl4Rollout 25 -WarningAction SilentlyContinue } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'Crawl4.RolloutNotReady,*'
        $failure.Exception.Message | Should -Match 'cannot be asked for its tables'
        (Get-Crawl4Rollout -WarningAction SilentlyContinue).Revision | Should -Be 0
    }

    It 'goes back, which needs nothing, and writes it down' {
        Set-Crawl4Rollout -Force SQLite -Reason 'an outage' -PassThru -WarningAction SilentlyContinue |
            Should -HaveCount 1
        $line = Get-Crawl4RolloutHistory
        $line.To.Force | Should -Be 'Sqlite'
        $line.To.Reason | Should -Be 'an outage'
        $line.To.ChangedBy | Should -Match '@'
        (Invoke-Crawl4 "$($site.Url)/page/1" -WarningAction SilentlyContinue).CacheStatus | Should -Be 'Hit'
    }

    It 'refuses <Value> for <Name> and names both' -ForEach @(
        @{ Name = 'DYNAMODB_MIGRATION_PCT'; Value = '101' }
        @{ Name = 'DYNAMODB_MIGRATION_PCT'; Value = 'some' }
        @{ Name = 'FORCE_SQLITE'; Value = 'perhaps' }
        @{ Name = 'DYNAMODB_TTL_DAYS'; Value = '-1' }
    ) {
        Set-Item "env:$Name" $Value
        try {
            $failure = { Get-Crawl4Rollout } | Should -Throw -PassThru
        }
        finally {
            Remove-Item "env:$Name"
        }

        $failure.Exception.Message | Should -Match $Name
        $failure.Exception.Message | Should -Match ([regex]::Escape($Value))
    }

    It 'says with -WhatIf how many URLs it concerns, and changes nothing' {
        $command = "Import-Module '$ModuleManifest'; Set-Crawl4Rollout 100 -BaseDirectory '$work' -WhatIf 3>`$null 2>`$null"
        $said = pwsh -NoProfile -NonInteractive -Command $command | Out-String -Width 500
        $said.Replace("`n", '') | Should -Match '3 URLs: 3 to DynamoDB'
        (Get-Crawl4Rollout -WarningAction SilentlyContinue).Revision | Should -Be 0
    }

    It 'shows what this process goes by instead' {
        $env:FORCE_SQLITE = 'true'
        try {
            (Get-Crawl4Rollout).Overrides | Should -Be 'FORCE_SQLITE=true'
            (Get-Crawl4Status).DynamoDbAnswers | Should -BeNullOrEmpty
        }
        finally {
            $env:FORCE_SQLITE = $null
        }
    }

    It 'has nothing to advance before it was begun' {
        $failure = { Start-Crawl4Rollout -WarningAction SilentlyContinue } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'Crawl4.RolloutNotReady,*'
    }
}
