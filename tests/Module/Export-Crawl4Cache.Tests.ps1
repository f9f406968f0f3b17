#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:site = Open-TestSite
    $script:work = Get-TestFolder
    $null = 1..3 | ForEach-Object { "$($site.Url)/page/$_" } | Invoke-Crawl4 -BaseDirectory $work
}

AfterAll {
    Close-TestSite $site
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'Export-Crawl4Cache' {
    It 'writes nothing with -WhatIf' {
        Export-Crawl4Cache (Join-Path $work 'rehearsed') -BaseDirectory $work -WhatIf | Should -BeNullOrEmpty
        Join-Path $work 'rehearsed' | Should -Not -Exist
    }

    It 'writes <format> with a manifest whose checksums are right' -ForEach @{ format = 'Jsonl' }, @{ format = 'DynamoDbJson' } {
        $folder = Join-Path $work $format
        $manifest = Export-Crawl4Cache $folder -Format $format -BaseDirectory $work
        $manifest.Entries | Should -Be 3
        "$($manifest.Format)" | Should -Be $format
        $written = Get-Content -LiteralPath (Join-Path $folder 'manifest.json') -Raw | ConvertFrom-Json
        $written.parts[0].sha256 | Should -Be (Get-FileHash -LiteralPath (Join-Path $folder $written.parts[0].name)).Hash
    }

    It 'takes only what -Url means' {
        (Export-Crawl4Cache (Join-Path $work 'one') -Url '*/page/2' -BaseDirectory $work).Entries | Should -Be 1
    }

    It 'refuses a folder with something in it' {
        { Export-Crawl4Cache $work -BaseDirectory $work } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
    }
}
