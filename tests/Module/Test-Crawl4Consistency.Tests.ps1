#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:work = Get-TestFolder
    $script:old = $env:DYNAMODB_ENDPOINT, $env:DYNAMODB_MAX_RETRIES, $env:AWS_REGION
}

AfterAll {
    $env:DYNAMODB_ENDPOINT, $env:DYNAMODB_MAX_RETRIES, $env:AWS_REGION = $old
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'Test-Crawl4Consistency' {
    It 'refuses a sample size with another mode than Sample' {
        { Test-Crawl4Consistency -BaseDirectory $TestDrive -Mode Full -SampleSize 5 } |
            Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
    }

    It 'calls nothing where FORCE_SQLITE forbids it, and says so' {
        try {
            $env:FORCE_SQLITE = 'true'
            { Test-Crawl4Consistency -BaseDirectory $work } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
        }
        finally {
            $env:FORCE_SQLITE = $null
        }
    }

    It 'ends with an error where DynamoDB does not answer' {
        $env:DYNAMODB_ENDPOINT = 'http://127.0.0.1:9'
        $env:DYNAMODB_MAX_RETRIES = '0'
        $env:AWS_REGION = 'us-east-1'
        { Test-Crawl4Consistency -Mode Count -BaseDirectory $work } | Should -Throw -ErrorId 'Crawl4.StoreUnavailable,*'
    }

    It 'knows no other mode' {
        { Test-Crawl4Consistency -Mode Deep -BaseDirectory $work } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Test-Crawl4Consistency -SampleSize 0 -BaseDirectory $work } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}
