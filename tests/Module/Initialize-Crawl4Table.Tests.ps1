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

Describe 'Initialize-Crawl4Table' -Skip:$missing {
    BeforeAll {
        $script:dynalite = Open-Dynalite
        $env:DYNAMODB_ENDPOINT = $dynalite.Endpoint
        $env:DYNAMODB_TABLE_SESSIONS = 'my-sessions'
    }

    AfterAll {
        Close-Dynalite $dynalite
    }

    It 'says what it would make with -WhatIf, and makes nothing' {
        $said = pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModuleManifest'; Initialize-Crawl4Table -WhatIf" | Out-String -Width 500
        $said | Should -Match 'crawl4ai-results at http://127\.0\.0\.1'
        $said | Should -Match 'Make the table'
        (Get-Crawl4Table).Exists | Should -Be $false, $false, $false
    }

    It 'makes the tables and says what the emulator cannot' {
        $made = Initialize-Crawl4Table
        $made.GetType().Name | Should -Be 'Object[]'
        $made.Name | Should -Be 'crawl4ai-results', 'crawl4ai-content', 'my-sessions'
        $made.WasCreated | Should -Be $true, $true, $true
        $made.Status | Should -Be 'ACTIVE', 'ACTIVE', 'ACTIVE'
        $made.Key | Should -Be 'url', 'content_id, part', 'session_id'
        $made.BillingMode | Select-Object -Unique | Should -Be 'PAY_PER_REQUEST'
        $made[0].HasListingIndex | Should -BeTrue
        "$($made[0].Notes)" | Should -Match 'TTL'
    }

    It 'changes nothing when it is run again' {
        (Initialize-Crawl4Table).WasCreated | Should -Be $false, $false, $false
    }

    It 'checks the listing index only where it is asked to, and not with -WhatIf' {
        (Initialize-Crawl4Table -CheckListing -WhatIf).Name | Should -Not -Contain 'crawl4ai-results'
        $checked = Initialize-Crawl4Table -CheckListing | Where-Object Holds -EQ 'entries'
        $checked.IsListingWhole | Should -BeTrue
    }

    It 'shows a table' {
        Initialize-Crawl4Table | Out-String -Width 120 | Should -Match '(?m)^crawl4ai-results +entries +ACTIVE +url'
    }
}

Describe 'Initialize-Crawl4Table without an answer' {
    It 'ends with an error that says where' {
        $env:DYNAMODB_ENDPOINT = 'http://127.0.0.1:9'
        $env:DYNAMODB_MAX_RETRIES = '0'
        { Initialize-Crawl4Table } | Should -Throw -ErrorId 'Crawl4.StoreUnavailable,*'
    }

    It 'refuses a value that is none, and names the variable' {
        $env:DYNAMODB_MAX_RETRIES = 'many'
        { Initialize-Crawl4Table } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*' -ExpectedMessage '*DYNAMODB_MAX_RETRIES*many*'
    }
}
