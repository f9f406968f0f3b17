#Requires -Version 7.6
BeforeDiscovery {
    $script:hasAnalyzer = $null -ne (Get-Module -ListAvailable PSScriptAnalyzer)
}

Describe 'The scripts and the manifest' {
    It 'have nothing that PSScriptAnalyzer warns of' -Skip:(-not $hasAnalyzer) {
        $root = [IO.Path]::GetFullPath("$PSScriptRoot/../..")
        $paths = "$root/build.ps1", "$root/scripts", "$root/bench", "$root/tests/Module", "$root/out/module/Crawl4/Crawl4.psd1"
        $found = $paths | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Recurse -Severity Warning, Error }
        $found | ForEach-Object { "$($_.ScriptName):$($_.Line) $($_.RuleName)" } | Should -BeNullOrEmpty
    }
}
