# The DynamoDB emulator dynalite for one test file, on loopback with a free port. It ends when its input does, so with
# this shell, however that ends.
function Get-DynaliteFolder {
    $node = Get-Command node -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    if ($node) {
        $env:CRAWL4_DYNALITE, "$PSScriptRoot/../../out/tools/node_modules/dynalite" |
            Where-Object { $_ -and (Test-Path (Join-Path $_ 'package.json')) } | Select-Object -First 1
    }
}

function Open-Dynalite {
    $program = 'const server = require(process.argv[1])({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });' +
    "server.listen(0, '127.0.0.1', () => console.log(server.address().port));" +
    # It throws where a client stops in the middle of a request, as an interrupted cmdlet does.
    "process.on('uncaughtException', e => { if (e.code !== 'ECONNRESET') { console.error(e); process.exit(1); } });" +
    "process.stdin.resume(); process.stdin.on('end', () => process.exit(0));"
    $start = [Diagnostics.ProcessStartInfo]::new('node')
    '-e', $program, ([IO.Path]::GetFullPath((Get-DynaliteFolder))) | ForEach-Object { $start.ArgumentList.Add($_) }
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    [pscustomobject]@{ Process = $process; Endpoint = "http://127.0.0.1:$($process.StandardOutput.ReadLine())" }
}

function Close-Dynalite($Dynalite) {
    $Dynalite.Process.StandardInput.Close()
    if (-not $Dynalite.Process.WaitForExit(10000)) {
        $Dynalite.Process.Kill()
    }
    $Dynalite.Process.Dispose()
}

# What this shell's environment says of DynamoDB, so that it can be put back.
function Save-AwsEnvironment {
    $saved = @{}
    'DYNAMODB_ENDPOINT', 'DYNAMODB_ENDPOINT_URL', 'DYNAMODB_TABLE_CRAWL_RESULTS', 'DYNAMODB_TABLE_NAME', 'DYNAMODB_TABLE_CONTENT',
    'DYNAMODB_TABLE_SESSIONS', 'DYNAMODB_SESSION_TABLE_NAME', 'AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'DYNAMODB_MAX_RETRIES', 'CRAWL4_AI_BASE_DIRECTORY' |
        ForEach-Object {
            $saved[$_] = [Environment]::GetEnvironmentVariable($_)
            [Environment]::SetEnvironmentVariable($_, $null)
        }
    # A place that is not there: no settings file of this machine's user counts.
    $env:CRAWL4_AI_BASE_DIRECTORY = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
    $saved
}

function Restore-AwsEnvironment($Saved) {
    $Saved.Keys | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $Saved[$_]) }
}
