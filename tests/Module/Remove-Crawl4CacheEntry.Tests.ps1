#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:site = Open-TestSite
}

AfterAll {
    Close-TestSite $site
}

Describe 'Remove-Crawl4CacheEntry' {
    BeforeEach {
        $work = Get-TestFolder
        $PSDefaultParameterValues['*-Crawl4*:BaseDirectory'] = $work
        $null = 1..4 | ForEach-Object { "$($site.Url)/page/$_" } | Invoke-Crawl4
    }

    AfterEach {
        $PSDefaultParameterValues.Remove('*-Crawl4*:BaseDirectory')
        Remove-Item -LiteralPath $work -Recurse -Force
    }

    It 'finds by a URL with a password what is kept without it' {
        $plain = "$($site.Url)/page/with-password"
        $secret = $plain -replace '//', '//me:secret@'
        $null = Invoke-Crawl4 $secret
        (Get-Crawl4CacheEntry -Url $secret).Url | Should -Be $plain
        (Remove-Crawl4CacheEntry $secret -PassThru -Confirm:$false).Url | Should -Be $plain
        Remove-Crawl4CacheEntry $secret -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.EntryMissing,*'
        "$($failed[0] | Format-List * -Force | Out-String)$($failed[0].TargetObject)" | Should -Not -Match 'secret'
    }

    It 'removes what is named and outputs nothing' {
        Remove-Crawl4CacheEntry "$($site.Url)/page/1" -Confirm:$false | Should -BeNullOrEmpty
        (Get-Crawl4CacheEntry).Url | Should -Be (2..4 | ForEach-Object { "$($site.Url)/page/$_" })
    }

    It 'removes what a pipeline gives, and outputs it with -PassThru' {
        $gone = Get-Crawl4CacheEntry -First 2 | Remove-Crawl4CacheEntry -PassThru -Confirm:$false
        $gone.Url | Should -Be (1..2 | ForEach-Object { "$($site.Url)/page/$_" })
        @(Get-Crawl4CacheEntry).Count | Should -Be 2
    }

    It 'removes by <name>' -TestCases @(
        @{ name = 'prefix'; arguments = { @{ Prefix = "$($site.Url)/page/4" } }; left = 3 }
        @{ name = 'domain'; arguments = { @{ Domain = '127.0.0.1' } }; left = 0 }
        @{ name = 'age'; arguments = { @{ OlderThan = '1.00:00:00' } }; left = 4 }
        @{ name = 'domain and prefix together'; arguments = { @{ Domain = 'example.com'; Prefix = $site.Url } }; left = 4 }
    ) {
        $given = & $arguments
        Remove-Crawl4CacheEntry @given -Confirm:$false
        @(Get-Crawl4CacheEntry).Count | Should -Be $left
    }

    It 'names each entry with -WhatIf, and writes nothing' {
        $before = Get-FolderDigest $work
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($manifest, $base)
                Import-Module $manifest
                Remove-Crawl4CacheEntry -Domain 127.0.0.1 -BaseDirectory $base -WhatIf -PassThru
            }).AddArgument($ModuleManifest).AddArgument($work)
        $shell.Invoke() | Should -BeNullOrEmpty
        $shell.HadErrors | Should -BeFalse
        $shell.Dispose()
        Get-FolderDigest $work | Should -Be $before
        $said = pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModuleManifest'; Remove-Crawl4CacheEntry -Domain 127.0.0.1 -BaseDirectory '$work' -WhatIf"
        @($said -match '/page/\d').Count | Should -Be 4
    }

    It 'says what is missing, and goes on' {
        "$($site.Url)/nowhere", "$($site.Url)/page/1" |
            Remove-Crawl4CacheEntry -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.EntryMissing,*'
        @(Get-Crawl4CacheEntry).Count | Should -Be 3
    }

    It 'removes an entry whose content is lost' {
        Get-ChildItem -LiteralPath (Join-Path $work '.crawl4ai/html_content') -File | Remove-Item
        Remove-Crawl4CacheEntry "$($site.Url)/page/1" -Confirm:$false
        @(Get-Crawl4CacheEntry).Count | Should -Be 3
    }

    It 'asks by default' {
        # Where nobody can be asked, that is an error, and nothing is removed.
        $null = pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModuleManifest'; Remove-Crawl4CacheEntry '$($site.Url)/page/1' -BaseDirectory '$work'" 2>&1
        $LASTEXITCODE | Should -Be 1
        @(Get-Crawl4CacheEntry).Count | Should -Be 4
    }

    It 'wants to be told what' {
        $null = pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModuleManifest'; Remove-Crawl4CacheEntry -Confirm:`$false -BaseDirectory '$work'" 2>&1
        $LASTEXITCODE | Should -Be 1
        @(Get-Crawl4CacheEntry).Count | Should -Be 4
    }
}
