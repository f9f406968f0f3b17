#Requires -Version 7.6
<#
.SYNOPSIS
    Builds, tests or packages Crawl4.
.DESCRIPTION
    Calls the .NET SDK, and nothing that it does not have. Build lays the module out in out/module/Crawl4. Test runs
    all tests, those of the module in a fresh PowerShell among them. Package zips what ships into out/package.
.PARAMETER Task
    What to do: Build, Test or Package.
.PARAMETER Configuration
    Debug or Release. Package always takes Release.
.EXAMPLE
    ./build.ps1

    Builds everything.
.EXAMPLE
    ./build.ps1 -Task Test -Configuration Release

    Builds and tests what would ship.
.EXAMPLE
    ./build.ps1 -Task Package

    Makes out/package/Crawl4.<version>.zip.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'
$solution = Join-Path $PSScriptRoot 'Crawl4Ps.sln'
$module = Join-Path $PSScriptRoot 'src/Crawl4.PowerShell'

switch ($Task) {
    'Build' { dotnet build $solution --configuration $Configuration --nologo }
    'Test' { dotnet test $solution --configuration $Configuration --nologo }
    'Package' { dotnet build $module --configuration Release --nologo --target:PackageModule }
}
if ($LASTEXITCODE -ne 0) {
    throw "$Task failed: dotnet ended with $LASTEXITCODE."
}
