#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
}

Describe 'Get-Crawl4Rollout' {
    BeforeEach {
        $work = Get-TestFolder
        $PSDefaultParameterValues['*-Crawl4*:BaseDirectory'] = $work
    }

    AfterEach {
        $PSDefaultParameterValues.Remove('*-Crawl4*:BaseDirectory')
        $env:FORCE_SQLITE = $null
        Remove-Item -LiteralPath $work -Recurse -Force
    }

    It 'says that none was begun, and makes nothing' {
        $state = Get-Crawl4Rollout
        $state.GetType().Name | Should -Be 'RolloutState'
        $state.Stage | Should -Be 'SqliteOnly'
        $state.Revision | Should -Be 0
        Get-ChildItem -LiteralPath $work -Force | Should -BeNullOrEmpty
    }

    It 'shows what this process goes by instead' {
        $env:FORCE_SQLITE = 'true'
        (Get-Crawl4Rollout).Overrides | Should -Be 'FORCE_SQLITE=true'
        (Get-Crawl4Status).DynamoDbAnswers | Should -BeNullOrEmpty
    }

    It 'gives a state that lives as JSON' {
        $null = Set-Crawl4Rollout -Deny 'a.example', '*.b.example' -Reason 'not these'
        $state = Get-Crawl4Rollout | ConvertTo-Json -Depth 4 | ConvertFrom-Json
        $state.Reason | Should -Be 'not these'
        $state.Deny.Text | Should -Be 'a.example', '*.b.example'
    }
}
