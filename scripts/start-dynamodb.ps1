#Requires -Version 7.4
<#
.SYNOPSIS
    Starts a DynamoDB emulator on this machine, waits until it answers and makes the tables.
.DESCRIPTION
    With Docker it is AWS's own, with an admin page on port 8001 and Redis on 6379 beside it (docker-compose.aws.yml);
    without, dynalite on Node. Nothing listens beyond 127.0.0.1, and nothing is kept when it is stopped. The environment
    of this session is set; the same lines are output, for another one.
.PARAMETER Stop
    Stops what this script has started.
.PARAMETER NoDocker
    Starts dynalite, also where Docker is there.
.PARAMETER Port
    Where dynalite listens. Docker always takes 8000.
.EXAMPLE
    ./scripts/start-dynamodb.ps1

    Starts it, and sets DYNAMODB_ENDPOINT.
.EXAMPLE
    ./scripts/start-dynamodb.ps1 -Stop

    Stops it again.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [switch] $Stop,

    [switch] $NoDocker,

    [ValidateRange(1, 65535)]
    [int] $Port = 8000
)

$ErrorActionPreference = 'Stop'
$dynaliteVersion = '4.0.0'
# A JVM on a busy machine takes tens of seconds.
$deadlineSeconds = 120
$root = Split-Path $PSScriptRoot -Parent
$state = $env:CRAWL4_DYNALITE_STATE ? $env:CRAWL4_DYNALITE_STATE : (Join-Path $root 'out/dynamodb')
$composeFile = Join-Path $root 'docker-compose.aws.yml'

function Test-Docker {
    if (-not (Get-Command docker -CommandType Application -ErrorAction SilentlyContinue)) {
        return $false
    }
    docker compose version *> $null
    if ($LASTEXITCODE -ne 0) {
        return $false
    }
    docker info *> $null
    $LASTEXITCODE -eq 0
}

function Test-Port([int] $Number) {
    $client = [Net.Sockets.TcpClient]::new()
    try {
        $client.Connect([Net.IPAddress]::Loopback, $Number)
        $true
    }
    catch [Net.Sockets.SocketException] {
        $false
    }
    finally {
        $client.Dispose()
    }
}

# The process that this script started, where it still runs; a number that another program got since is not it.
function Get-Dynalite {
    $file = Join-Path $state 'pid'
    if (Test-Path -LiteralPath $file) {
        $process = Get-Process -Id ([int](Get-Content -LiteralPath $file -Raw)) -ErrorAction SilentlyContinue
        if ($process -and "$($process.CommandLine)" -match 'dynalite') {
            $process
        }
    }
}

function Get-DynaliteFolder {
    if ($env:CRAWL4_DYNALITE -and (Test-Path -LiteralPath (Join-Path $env:CRAWL4_DYNALITE 'cli.js'))) {
        return $env:CRAWL4_DYNALITE
    }
    $folder = Join-Path $root 'out/tools/node_modules/dynalite'
    if (-not (Test-Path -LiteralPath (Join-Path $folder 'cli.js'))) {
        if (-not (Get-Command npm -CommandType Application -ErrorAction SilentlyContinue)) {
            throw 'npm is needed to install dynalite. Install Node, or Docker.'
        }
        Write-Verbose "Installing dynalite $dynaliteVersion into out/tools."
        $null = npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$root/out/tools" "dynalite@$dynaliteVersion"
        if ($LASTEXITCODE -ne 0) {
            throw "npm could not install dynalite (it ended with $LASTEXITCODE)."
        }
    }
    $folder
}

# Node starts it, because a child of this shell would lose its output with the shell.
function Invoke-DynaliteStart([string] $Folder, [int] $Number) {
    $null = New-Item -ItemType Directory -Path $state -Force
    $log = Join-Path $state 'log'
    $program = 'const [server, folder, port, log] = process.argv.slice(1); const out = require("fs").openSync(log, "w");' +
    'const child = require("child_process").spawn(process.execPath,' +
    '[server, folder, port],' +
    '{ detached: true, windowsHide: true, stdio: ["ignore", out, out] }); child.unref(); console.log(child.pid);'
    $id = [int](node -e $program (Join-Path $PSScriptRoot 'dynalite.js') $Folder $Number $log)
    Set-Content -LiteralPath (Join-Path $state 'pid') -Value $id -NoNewline
    Set-Content -LiteralPath (Join-Path $state 'port') -Value $Number -NoNewline
    $end = [DateTime]::UtcNow.AddSeconds($deadlineSeconds)
    while (-not (Test-Port $Number)) {
        if (-not (Get-Dynalite)) {
            throw "dynalite ended: $(Get-Content -LiteralPath $log -Tail 3)"
        }
        if ([DateTime]::UtcNow -gt $end) {
            throw "dynalite does not answer after $deadlineSeconds s: see $log"
        }
        Start-Sleep -Milliseconds 100
    }
    Write-Verbose "dynalite $dynaliteVersion runs as process $id."
}

function Invoke-Crawl4Program {
    $program = Join-Path $root 'out/bin/crawl4.dll'
    if (Test-Path -LiteralPath $program) {
        dotnet $program @args
    }
    else {
        dotnet run --project (Join-Path $root 'src/Crawl4.Cli') --verbosity quiet -- @args
    }
}

if ($Stop) {
    $running = Get-Dynalite
    if ($running -and $PSCmdlet.ShouldProcess("dynalite (process $($running.Id))", 'Stop')) {
        Stop-Process -Id $running.Id
        Remove-Item -LiteralPath (Join-Path $state 'pid'), (Join-Path $state 'port')
    }
    if ((Test-Docker) -and (docker compose -f $composeFile ps --quiet) -and $PSCmdlet.ShouldProcess($composeFile, 'Stop the containers')) {
        docker compose -f $composeFile down
    }
    return
}

if (-not $PSCmdlet.ShouldProcess('127.0.0.1', 'Start DynamoDB and make the tables')) {
    return
}

$lines = @()
if (-not $NoDocker -and (Test-Docker)) {
    $Port = 8000
    docker compose -f $composeFile up --detach --wait --wait-timeout $deadlineSeconds dynamodb dynamodb-admin redis
    if ($LASTEXITCODE -ne 0) {
        throw "The containers are not healthy after $deadlineSeconds s: docker compose -f docker-compose.aws.yml logs"
    }
    $env:REDIS_URL = 'redis://127.0.0.1:6379'
    $lines += "`$env:REDIS_URL = '$env:REDIS_URL'"
    Write-Verbose 'Tables and items: http://127.0.0.1:8001'
}
else {
    if (-not (Get-Command node -CommandType Application -ErrorAction SilentlyContinue)) {
        throw 'Neither Docker nor Node answers here. Install one of them.'
    }
    if (Get-Dynalite) {
        $at = Get-Content -LiteralPath (Join-Path $state 'port') -Raw
        if ($at -ne "$Port") {
            throw "dynalite runs already on port $at. Stop it with -Stop first."
        }
    }
    elseif (Test-Port $Port) {
        throw "Something else listens on port $Port. Stop it, or give another -Port."
    }
    else {
        Invoke-DynaliteStart (Get-DynaliteFolder) $Port
    }
}

$env:DYNAMODB_ENDPOINT = "http://127.0.0.1:$Port"
$said = Invoke-Crawl4Program tables init
if ($LASTEXITCODE -ne 0) {
    throw "The tables could not be made: crawl4 tables init ended with $LASTEXITCODE."
}
$said | Write-Verbose
$lines + "`$env:DYNAMODB_ENDPOINT = '$env:DYNAMODB_ENDPOINT'"
