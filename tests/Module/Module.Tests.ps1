#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    # Every cmdlet has a page, and every page is of a cmdlet.
    $script:names = (Get-ChildItem "$PSScriptRoot/../../docs/en-US/*-*.md").BaseName | Sort-Object
}

Describe 'The module' {
    It 'has a manifest that PowerShell accepts' {
        (Test-ModuleManifest $ModuleManifest).Version | Should -BeGreaterThan '0.0.0'
    }

    It 'exports its cmdlets and nothing else' {
        $module = Get-Module Crawl4
        $module.ExportedCmdlets.Keys | Sort-Object | Should -Be $names
        $module.ExportedAliases.Keys | Should -Be 'Clear-Crawl4CacheEntry'
        $module.ExportedFunctions.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'loads Core when a cmdlet runs, not when it is imported, and apart from everything else' {
        $said = pwsh -NoProfile -NonInteractive -Command @"
            Import-Module '$ModuleManifest'
            function Where-Core { [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'Crawl4.Core' } }
            @(Where-Core).Count
            `$null = Get-Crawl4Status -BaseDirectory '$TestDrive'
            @(Where-Core).Count
            [Runtime.Loader.AssemblyLoadContext]::GetLoadContext((Where-Core)).Name
"@
        $said | Should -Be '0', '1', 'Crawl4'
    }

    It 'can be removed and imported again' {
        Remove-Module Crawl4
        Get-Command Invoke-Crawl4 -ErrorAction SilentlyContinue -Module Crawl4 | Should -BeNullOrEmpty
        Import-Module $ModuleManifest
        Import-Module $ModuleManifest -Force
        (Get-Crawl4Status -BaseDirectory $TestDrive).EntryCount | Should -Be 0
    }

    It 'works in a second runspace after the first has removed it' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$ModuleManifest'; Get-Crawl4Status -BaseDirectory '$TestDrive'")
        Remove-Module Crawl4
        try {
            $shell.Invoke().Count | Should -Be 1
            $shell.HadErrors | Should -BeFalse
        }
        finally {
            $shell.Dispose()
            Import-Module $ModuleManifest
        }
    }

    It 'works beside a module that has loaded another version of a library of ours' {
        # An assembly that bears the name and nothing else: whoever found it in place of the real one would fail.
        $library = Join-Path $TestDrive 'Microsoft.Data.Sqlite.dll'
        Add-Type -TypeDefinition 'namespace Other { public class Thing { } }' -OutputAssembly $library
        $said = pwsh -NoProfile -NonInteractive -Command @"
            `$other = [Reflection.Assembly]::LoadFrom('$library')
            Import-Module '$ModuleManifest'
            (Get-Crawl4Status -BaseDirectory '$TestDrive').Layout
            [Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$other).Name -ne 'Crawl4'
"@
        $said | Should -Be 'None', 'True'
    }

    It 'is clean in the eyes of PSScriptAnalyzer' {
        if (-not (Get-Module -ListAvailable PSScriptAnalyzer)) {
            Set-ItResult -Skipped -Because 'PSScriptAnalyzer is not here'
        }
        $root = "$PSScriptRoot/../.."
        $found = "$root/out/module/Crawl4/Crawl4.psd1", "$root/build.ps1", "$root/bench/import-module.ps1" |
            ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Severity Warning, Error }
        $found | ForEach-Object { "$($_.ScriptName):$($_.Line) $($_.RuleName)" } | Should -BeNullOrEmpty
    }
}
