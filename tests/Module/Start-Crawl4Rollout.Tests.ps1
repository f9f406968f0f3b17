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

Describe 'Start-Crawl4Rollout before a rollout was begun' {
    It 'has nothing to advance' {
        $work = Get-TestFolder
        $failure = { Start-Crawl4Rollout -BaseDirectory $work } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'Crawl4.RolloutNotReady,*'
        Remove-Item -LiteralPath $work -Recurse
    }

    It 'refuses a plan that does not grow' {
        $failure = { Start-Crawl4Rollout -Plan 10, 5 } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'Crawl4.OptionInvalid,*'
    }
}

Describe 'A whole rollout' -Skip:$missing {
    BeforeAll {
        $script:dynalite = Open-Dynalite
        $env:DYNAMODB_ENDPOINT = $dynalite.Endpoint
        $script:site = Open-TestSite
        $script:work = Get-TestFolder
        $PSDefaultParameterValues['*-Crawl4*:BaseDirectory'] = $work
        $null = Initialize-Crawl4Table
        $script:urls = 1..20 | ForEach-Object { "$($site.Url)/page/$_" }
        $null = $urls | Invoke-Crawl4
    }

    AfterAll {
        $PSDefaultParameterValues.Remove('*-Crawl4*:BaseDirectory')
        Close-TestSite $site
        Close-Dynalite $dynalite
        Remove-Item -LiteralPath $work -Recurse -Force
    }

    It 'begins with writes to both stores' {
        $state = Set-Crawl4Rollout -Stage DualWrite -Reason 'begin' -PassThru
        $state.Stage | Should -Be 'DualWrite'
        ($urls | Invoke-Crawl4 -CacheMode WriteOnly).Success | Select-Object -Unique | Should -BeTrue
        (Get-Crawl4Status).Outbox.KeyCount | Should -Be 0
        (Get-Crawl4Status).DynamoDbEntryCount | Should -Be 20
    }

    It 'takes the first step where nothing speaks against it, and holds where nothing was seen' {
        $advance = Start-Crawl4Rollout -Plan 50, 100 -MinObservations 5 -MaxP99Milliseconds 60000
        $advance.Verdict.Outcome | Should -Be 'Advance'
        $advance.After.Summary | Should -Be 'Ramp 50 %'
        (Start-Crawl4Rollout -Plan 50, 100 -MinObservations 5).Verdict.Outcome | Should -Be 'Hold'
    }

    It 'goes on by what was read, to the end' {
        $null = $urls + $urls | Invoke-Crawl4
        $before = Start-Crawl4Rollout -Plan 50, 100 -MinObservations 1 -MaxP99Milliseconds 60000 -WhatIf
        $before.After.Percentage.Value | Should -Be 50
        $advance = Start-Crawl4Rollout -Plan 50, 100 -MinObservations 1 -MaxP99Milliseconds 60000
        $advance.After.Percentage.Value | Should -Be 100
        $advance.Window.DynamoDb.Observations | Should -BeGreaterThan 0
        ($urls | Invoke-Crawl4).CacheStatus | Select-Object -Unique | Should -Be 'Hit'
        (Start-Crawl4Rollout -Plan 50, 100 -MinObservations 1 -MaxP99Milliseconds 60000).Verdict.Outcome | Should -Be 'Done'
    }

    It 'is in the history, with what it was decided by' {
        $history = @(Get-Crawl4RolloutHistory)
        $history.To.Summary | Should -Be 'DualWrite', 'Ramp 50 %', 'Ramp 100 %'
        $history[0].To.Reason | Should -Be 'begin'
        $history[2].Window.DynamoDb.Observations | Should -BeGreaterThan 0
    }

    It 'is shown by the status, with times and capacity' {
        $status = Get-Crawl4Status
        $status.Stage | Should -Be 'Ramp'
        $status.DynamoDbAnswers | Should -BeTrue
        $status.Figures.Usage.ReadUnits | Should -BeGreaterThan 0
        $status.CapacityCost | Should -BeGreaterThan 0
        ($status | Out-String) | Should -Match 'DynamoDB reads'
    }

    It 'goes back at once' {
        Set-Crawl4Rollout 0
        (Get-Crawl4Rollout).Stage | Should -Be 'DualWrite'
        ($urls | Invoke-Crawl4).CacheStatus | Select-Object -Unique | Should -Be 'Hit'
    }
}
