#Requires -Version 7.6
BeforeDiscovery {
    $script:hasEmulator = [bool](Get-Command node -ErrorAction Ignore) -and
    ((Test-Path -LiteralPath "$env:CRAWL4_DYNALITE/package.json") -or
        (Test-Path -LiteralPath "$PSScriptRoot/../../out/tools/node_modules/dynalite/package.json"))
}

BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:site = Open-TestSite
    $script:work = Get-TestFolder
    $null = 1..5 | ForEach-Object { "$($site.Url)/page/$_" } | Invoke-Crawl4 -BaseDirectory $work
}

AfterAll {
    Close-TestSite $site
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'Start-Crawl4Migration' {
    It 'says what is allowed where a value is not' {
        { Start-Crawl4Migration -BaseDirectory $work -BatchSize 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Start-Crawl4Migration -BaseDirectory $work -Direction Up } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    Context 'with an emulator of DynamoDB' -Skip:(-not $hasEmulator) {
        BeforeAll {
            $folder = if ($env:CRAWL4_DYNALITE) { $env:CRAWL4_DYNALITE } else { "$PSScriptRoot/../../out/tools/node_modules/dynalite" }
            $start = [Diagnostics.ProcessStartInfo]::new('node')
            $start.ArgumentList.Add('-e')
            $start.ArgumentList.Add(@'
const server = require(process.argv[1])({ createTableMs: 0 });
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  console.log(port);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
'@)
            $start.ArgumentList.Add($folder)
            $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
            $script:emulator = [Diagnostics.Process]::Start($start)
            $env:DYNAMODB_ENDPOINT = "http://127.0.0.1:$($emulator.StandardOutput.ReadLine())/"
            $null = Initialize-Crawl4Table -BaseDirectory $work -Confirm:$false
        }

        AfterAll {
            $emulator.StandardInput.Close()
            Remove-Item Env:DYNAMODB_ENDPOINT
        }

        It 'rehearses with -WhatIf and writes nothing' {
            $before = Get-FolderDigest $work
            $rehearsal = Start-Crawl4Migration -BaseDirectory $work -WhatIf
            $rehearsal.GetType().Name | Should -Be 'MigrationRehearsal'
            $rehearsal.EntryCount | Should -Be 5
            $rehearsal.WriteUnits | Should -BeGreaterThan 4
            Get-FolderDigest $work | Should -Be $before
        }

        It 'migrates, and changes nothing when it is run again' {
            $status = Start-Crawl4Migration -Path $work -Confirm:$false
            $status.State | Should -Be 'Completed'
            $status.Copied | Should -Be 5
            (Get-Crawl4Migration -BaseDirectory $work).Run | Should -Be 1
            (Start-Crawl4Migration -BaseDirectory $work).Copied | Should -Be 0
        }
    }
}
