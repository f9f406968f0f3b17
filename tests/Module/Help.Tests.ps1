#Requires -Version 7.6
BeforeDiscovery {
    Import-Module ([IO.Path]::GetFullPath("$PSScriptRoot/../../out/module/Crawl4/Crawl4.psd1"))
    $script:names = (Get-Command -Module Crawl4 -CommandType Cmdlet).Name
}

BeforeAll {
    . "$PSScriptRoot/Module.ps1"
}

Describe 'Help for <_>' -ForEach $names {
    BeforeAll {
        $name = $_
        $script:help = Get-Help $name -Full
    }

    It 'comes from its page' {
        $help.Synopsis | Should -Not -Match ([regex]::Escape($name) + ' \[')
        "$($help.description.Text)" | Should -Not -BeNullOrEmpty
        "$($help.returnValues.returnValue.type.name)" | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter' {
        $common = [Management.Automation.PSCmdlet]::CommonParameters
        $parameters = (Get-Command $name).Parameters.Keys | Where-Object { $_ -notin $common }
        foreach ($parameter in $parameters) {
            (Get-Help $name -Parameter $parameter).description.Text | Should -Not -BeNullOrEmpty -Because $parameter
        }
    }

    It 'shows the syntax that the command has' {
        @($help.syntax.syntaxItem).Count | Should -Be (Get-Command $name).ParameterSets.Count
        foreach ($item in $help.syntax.syntaxItem) {
            foreach ($parameter in $item.parameter) {
                (Get-Command $name).Parameters.Keys | Should -Contain $parameter.name
            }
        }
    }

    It 'has examples that parse and use it' {
        $examples = @($help.examples.example)
        $examples.Count | Should -BeGreaterOrEqual 3
        foreach ($example in $examples) {
            $problems = $null
            $null = [Management.Automation.Language.Parser]::ParseInput($example.code, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty -Because $example.title
        }
        ($examples.code -join "`n") | Should -Match ([regex]::Escape($name))
    }

    It 'fits eighty columns of code' {
        foreach ($line in ($help.examples.example.code -split "`n")) {
            $line.Length | Should -BeLessOrEqual 76 -Because $line
        }
    }
}

Describe 'Topics' {
    It '<_> is found by Get-Help' -ForEach 'about_Crawl4', 'about_Crawl4_Errors' {
        (Get-Help $_ | Out-String) | Should -Match "(?s)TOPIC.*$_.*SHORT DESCRIPTION"
    }
}
