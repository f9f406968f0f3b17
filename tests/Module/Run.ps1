#Requires -Version 7.6
<#
.SYNOPSIS
    Runs one file of these tests and ends with the number of failures.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $File)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.0

$configuration = New-PesterConfiguration
$configuration.Run.Path = Join-Path $PSScriptRoot $File
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$result = Invoke-Pester -Configuration $configuration

foreach ($failed in $result.Failed) {
    "FAILED $($failed.ExpandedPath)"
}
# A file that could not be read, or in which nothing ran, has passed nothing.
exit [Math]::Max($result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount, [int]($result.PassedCount -eq 0))
