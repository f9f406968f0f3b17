#Requires -Version 7.6
<#
.SYNOPSIS
    Measures how long Import-Module Crawl4 takes.
.DESCRIPTION
    Starts fresh processes in turn, one that imports the module and one that does nothing, and gives the median of
    each and their difference: the goal is under 300 ms.
.EXAMPLE
    ./bench/import-module.ps1 -Count 10
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 1000)]
    [int] $Count = 10,

    [string] $Module = (Join-Path $PSScriptRoot '../out/module/Crawl4/Crawl4.psd1')
)

$ErrorActionPreference = 'Stop'
$pwsh = (Get-Process -Id $PID).Path
$manifest = (Resolve-Path -LiteralPath $Module).Path.Replace("'", "''")

function Measure-Start([string] $Command) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    & $pwsh -NoProfile -NonInteractive -Command $Command
    if ($LASTEXITCODE -ne 0) {
        throw "pwsh ended with $LASTEXITCODE."
    }
    $watch.Elapsed.TotalMilliseconds
}

function Get-Median([double[]] $Values) {
    $sorted = $Values | Sort-Object
    ($sorted[[Math]::Floor(($Count - 1) / 2)] + $sorted[[Math]::Floor($Count / 2)]) / 2
}

# In turn, so that whatever else the machine does falls on both alike; the first pair only warms the disk cache.
$bare = [Collections.Generic.List[double]]::new()
$import = [Collections.Generic.List[double]]::new()
foreach ($round in 0..$Count) {
    $without = Measure-Start 'exit 0'
    $with = Measure-Start "Import-Module '$manifest'; exit 0"
    if ($round -gt 0) {
        $bare.Add($without)
        $import.Add($with)
    }
}

[pscustomobject]@{
    Count        = $Count
    BareMs       = [Math]::Round((Get-Median $bare))
    WithImportMs = [Math]::Round((Get-Median $import))
    ImportMs     = [Math]::Round((Get-Median $import) - (Get-Median $bare))
}
