#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
}

Describe 'Get-Crawl4RolloutHistory' {
    BeforeEach {
        $work = Get-TestFolder
        $PSDefaultParameterValues['*-Crawl4*:BaseDirectory'] = $work
    }

    AfterEach {
        $PSDefaultParameterValues.Remove('*-Crawl4*:BaseDirectory')
        Remove-Item -LiteralPath $work -Recurse -Force
    }

    It 'is empty before anything was changed' {
        Get-Crawl4RolloutHistory | Should -BeNullOrEmpty
    }

    It 'has every change with who, when and why, oldest first' {
        Set-Crawl4Rollout -Deny 'a.example' -Reason 'first'
        Set-Crawl4Rollout -Deny @() -Reason 'second'
        Set-Crawl4Rollout -Deny @() -Reason 'changes nothing'
        $history = @(Get-Crawl4RolloutHistory)
        $history.To.Reason | Should -Be 'first', 'second'
        $history.Change | Should -Be 'deny +a.example', 'deny -a.example'
        ($history | Out-String -Width 80) | Should -Match 'deny \+a\.example'
        $history.To.ChangedBy | Should -Match '@'
        $history[0].To.ChangedAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddMinutes(-5))
        ($history | Out-String -Width 200) | Should -Match 'second'
    }
}
