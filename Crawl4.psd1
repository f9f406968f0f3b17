@{
    RootModule           = 'Crawl4.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '9c3a1c1e-7a0f-4f0f-9d6b-6a2f1e3c5b14'
    Author               = 'Crawl4 contributors'
    CompanyName          = 'Crawl4'
    Copyright            = '(c) Crawl4 contributors. MIT licence.'
    Description          = 'Crawls web pages into clean Markdown and keeps every result in a cache, in Crawl4AI''s own cache folder.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('Crawl4.format.ps1xml')
    TypesToProcess       = @('Crawl4.types.ps1xml')
    CmdletsToExport      = @(
        'Invoke-Crawl4'
        'ConvertTo-Crawl4Markdown'
        'New-Crawl4ReadingOption'
        'New-Crawl4Schema'
        'New-Crawl4Chunker'
        'New-Crawl4Model'
        'Get-Crawl4CacheEntry'
        'Remove-Crawl4CacheEntry'
        'Clear-Crawl4Cache'
        'Update-Crawl4Cache'
        'Get-Crawl4Status'
        'Find-Crawl4Cache'
        'Export-Crawl4Cache'
        'Import-Crawl4Cache'
        'Start-Crawl4Migration'
        'Get-Crawl4Migration'
        'Suspend-Crawl4Migration'
        'Stop-Crawl4Migration'
        'Get-Crawl4Rollout'
        'Set-Crawl4Rollout'
        'Start-Crawl4Rollout'
        'Get-Crawl4RolloutHistory'
        'Initialize-Crawl4Table'
        'Get-Crawl4Table'
        'Remove-Crawl4Table'
        'Test-Crawl4Consistency'
        'Repair-Crawl4Consistency'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @('Clear-Crawl4CacheEntry')
    PrivateData          = @{
        PSData = @{
            Tags         = @('PSEdition_Core', 'Windows', 'Linux', 'MacOS', 'crawler', 'markdown', 'cache', 'sqlite', 'dynamodb', 'mcp')
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
