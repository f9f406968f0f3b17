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

    It 'refuses a folder without a cache, and makes nothing' {
        $mistyped = Join-Path $work 'mistyped'
        { Start-Crawl4Migration -BaseDirectory $mistyped } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
        { Start-Crawl4Migration -BaseDirectory $mistyped -AsJob } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
        Test-Path -LiteralPath $mistyped | Should -BeFalse
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
            $page = $rehearsal | Out-String -Width 80
            $page | Should -Match '(?m)^Cost +: \$0\.\d+ once'
            $page | Should -Match '(?m)^ToCopy +: 5; 0 are there already'
            $page | Should -Not -Match 'SizeClass'
            $page | Should -Match '(?m)^Duration +: \d\d:\d\d:\d\d at '
            Get-FolderDigest $work | Should -Be $before
        }

        It 'rehearses the way back with -WhatIf and writes nothing' {
            $null = Start-Crawl4Migration -BaseDirectory $work
            $before = Get-FolderDigest $work
            $rehearsal = Start-Crawl4Migration -BaseDirectory $work -Direction ToSqlite -WhatIf
            $rehearsal.Direction | Should -Be 'ToSqlite'
            $rehearsal.AlreadyThere | Should -Be 5
            $rehearsal.IsReady | Should -BeTrue
            Get-FolderDigest $work | Should -Be $before
        }

        It 'migrates, and changes nothing when it is run again' {
            $status = Start-Crawl4Migration -Path $work -Confirm:$false
            $status.State | Should -Be 'Completed'
            $status.Unchanged | Should -Be 5
            (Get-Crawl4Migration -BaseDirectory $work).Run | Should -Be 2
            $page = Start-Crawl4Migration -BaseDirectory $work -Verify | Out-String -Width 80
            $page | Should -Match '(?m)^Verdict +: Equal'
            $page | Should -Not -Match 'VerifiedStore'
            $page | Should -Match '(?m)^ActiveTime +: \d\d:\d\d:\d\d\r?$'
            (Start-Crawl4Migration -BaseDirectory $work).Copied | Should -Be 0
        }

        It 'runs as a job that gives what the cmdlet gives' {
            $job = Start-Crawl4Migration -BaseDirectory $work -AsJob
            try {
                $job | Should -BeOfType Management.Automation.Job
                (Get-Job -Id $job.Id).InstanceId | Should -Be $job.InstanceId
                $job | Wait-Job -Timeout 60 | Should -Be $job
                $job.State | Should -Be 'Completed'
                $status = Receive-Job $job
                $status.GetType().Name | Should -Be 'MigrationStatus'
                $status.State | Should -Be 'Completed'
                $status.Unchanged | Should -Be 5
                $job.HasMoreData | Should -BeFalse
            }
            finally {
                Remove-Job $job -Force
            }
            Get-Job -Id $job.Id -ErrorAction Ignore | Should -BeNullOrEmpty
        }

        It 'runs as a job that Receive-Job -Wait follows and removes' {
            $status = Start-Crawl4Migration -BaseDirectory $work -AsJob | Receive-Job -Wait -AutoRemoveJob
            $status.State | Should -Be 'Completed'
        }

        It 'pauses when the job is stopped, and goes on when it is started again' {
            $pause = Join-Path $work '.crawl4ai' 'crawl4_migration.pause'
            $null = New-Item -Path $pause
            $job = Start-Crawl4Migration -BaseDirectory $work -AsJob
            try {
                Wait-For { (Get-Crawl4Migration -BaseDirectory $work | Where-Object State -EQ 'Paused').Holder -and $job.StatusMessage }
                $job.State | Should -Be 'Running'
                $job.StatusMessage | Should -Match ' of 5'
                $job.Progress.Count | Should -Be 1
                Stop-Job $job
                $job.State | Should -Be 'Stopped'
                (Receive-Job $job).State | Should -Be 'Paused'
            }
            finally {
                Remove-Job $job -Force
                Remove-Item -LiteralPath $pause
            }
            $left = Get-Crawl4Migration -BaseDirectory $work
            $left.State | Should -Be 'Paused'
            $left.Holder | Should -BeNullOrEmpty
            $again = Start-Crawl4Migration -BaseDirectory $work
            $again.State | Should -Be 'Completed'
            $again.Run | Should -Be $left.Run
        }

        It 'is stopped by removing the job' {
            $pause = Join-Path $work '.crawl4ai' 'crawl4_migration.pause'
            $null = New-Item -Path $pause
            try {
                $job = Start-Crawl4Migration -BaseDirectory $work -AsJob
                Wait-For { (Get-Crawl4Migration -BaseDirectory $work | Where-Object State -EQ 'Paused').Holder }
                Remove-Job $job -Force
                (Get-Crawl4Migration -BaseDirectory $work).State | Should -Be 'Paused'
            }
            finally {
                Remove-Item -LiteralPath $pause
            }
        }

        It 'fails as a job with the error that the cmdlet fails with' {
            $saved = $env:FORCE_SQLITE
            $env:FORCE_SQLITE = 'true'
            try {
                $job = Start-Crawl4Migration -BaseDirectory $work -AsJob | Wait-Job -Timeout 60
            }
            finally {
                $env:FORCE_SQLITE = $saved
            }
            $job.State | Should -Be 'Failed'
            $received = Receive-Job $job -ErrorAction SilentlyContinue -ErrorVariable failed
            $received | Should -BeNullOrEmpty
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.RolloutNotReady*'
            Remove-Job $job
        }

        It 'rehearses as a job, and starts none where a parameter is wrong' {
            $before = Get-FolderDigest $work
            $rehearsal = Start-Crawl4Migration -BaseDirectory $work -AsJob -WhatIf | Receive-Job -Wait -AutoRemoveJob
            $rehearsal.AlreadyThere | Should -Be 5
            Get-FolderDigest $work | Should -Be $before
            { Start-Crawl4Migration -BaseDirectory $work -AsJob -Url "`n" } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
            Get-Job | Should -BeNullOrEmpty
        }
    }
}
