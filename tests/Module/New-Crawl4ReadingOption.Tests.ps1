#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
}

Describe 'New-Crawl4ReadingOption' {
    It 'gives the default options where nothing is said' {
        $options = New-Crawl4ReadingOption
        $options.GetType().FullName | Should -Be 'Crawl4.Core.Reading.ReadingOptions'
        $options.Fingerprint | Should -Be $options.GetType()::Default.Fingerprint
    }

    It 'has a parameter for every option: each one changes the fingerprint' {
        $values = @{
            String = 'a'; 'String[]' = @('a'); Int32 = 9; Double = 9.5; SwitchParameter = $true
        }
        $common = [Management.Automation.PSCmdlet]::CommonParameters + 'InputObject'
        $plain = New-Crawl4ReadingOption
        $pruning = New-Crawl4ReadingOption -ContentFilter Pruning
        $bm25 = New-Crawl4ReadingOption -ContentFilter Bm25
        $llm = New-Crawl4ReadingOption -ContentFilter Llm
        foreach ($parameter in (Get-Command New-Crawl4ReadingOption).Parameters.Values) {
            if ($parameter.Name -in $common) {
                continue
            }
            $basis = switch -Regex ($parameter.Name) {
                '^(Threshold|ThresholdType|MinWordThreshold|PreserveClass|PreserveTag)$' { $pruning }
                '^(Query|NoStemming)$' { $bm25 }
                '^FilterMode$' { $llm }
                default { $plain }
            }
            $choices = $parameter.Attributes.Where({ $_ -is [ValidateSet] }).ValidValues
            $value = if ($choices) { $choices[1] } else { $values[$parameter.ParameterType.Name] }
            if ($parameter.Name -eq 'Language') {
                { $bm25 | New-Crawl4ReadingOption -Language klingon } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
                continue
            }
            $given = @{ $parameter.Name = $value }
            ($basis | New-Crawl4ReadingOption @given).Fingerprint | Should -Not -Be $basis.Fingerprint -Because $parameter.Name
        }
    }

    It 'derives: what is given takes its place, the rest stays, the start does not change' {
        $first = New-Crawl4ReadingOption -CssSelector main -OnlyText -Query keys -NoStemming -UlItemMark '-'
        $second = $first | New-Crawl4ReadingOption -OnlyText:$false -Threshold 2.5 -ExcludedTag nav
        $second.CssSelector | Should -Be 'main'
        $second.OnlyText | Should -BeFalse
        $second.ContentFilter.Query | Should -Be 'keys'
        $second.ContentFilter.UseStemming | Should -BeFalse
        $second.ContentFilter.Threshold | Should -Be 2.5
        $second.Markdown.UlItemMark | Should -Be '-'
        $second.ExcludedTags | Should -Be 'nav'
        $first.OnlyText | Should -BeTrue
        (New-Crawl4ReadingOption -From $first -ContentFilter None).ContentFilter | Should -BeNullOrEmpty
        (New-Crawl4ReadingOption -From $first).Fingerprint | Should -Be $first.Fingerprint
    }

    It 'refuses <what>, and says what is allowed' -ForEach @(
        @{ what = 'a selector that is none'; with = @{ CssSelector = 'a[' }; say = 'CssSelector' }
        @{ what = 'a target that is none'; with = @{ TargetElement = 'p', ']' }; say = 'TargetElements' }
        @{ what = 'a threshold that is no number'; with = @{ ContentFilter = 'Pruning'; Threshold = [double]::NaN }; say = 'Threshold' }
        @{ what = 'points that are no number'; with = @{ TableScoreThreshold = [double]::NaN }; say = 'TableScoreThreshold' }
        @{ what = 'a query for the other filter'; with = @{ ContentFilter = 'Pruning'; Query = 'x' }; say = '-Query' }
        @{ what = 'words for no filter'; with = @{ MinWordThreshold = 3 }; say = '-MinWordThreshold' }
        @{ what = 'stems for the other filter'; with = @{ ContentFilter = 'Pruning'; NoStemming = $true }; say = '-NoStemming' }
    ) {
        { New-Crawl4ReadingOption @with } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*' -ExpectedMessage "*$say*"
    }

    It 'refuses choices and numbers that are none when they are bound' {
        { New-Crawl4ReadingOption -MarkdownSource Pdf } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { New-Crawl4ReadingOption -WordCountThreshold -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { 'text' | New-Crawl4ReadingOption -ErrorAction Stop } | Should -Throw
    }

    It 'completes its choices' {
        $line = 'New-Crawl4ReadingOption -ContentFilter P'
        $completed = [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
        $completed.CompletionMatches.CompletionText | Should -Be 'Pruning'
        $line = 'New-Crawl4ReadingOption -Language s'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'spanish', 'swedish'
    }

    It 'shows what matters' {
        New-Crawl4ReadingOption -CssSelector main | Out-String | Should -Match '(?s)CssSelector\s+: main.*Fingerprint'
    }

    It 'takes what a script does not have for none: <_>' -ForEach @(
        'ExcludeDomain', 'SocialMediaDomain', 'BaseUrl', 'KeepAttribute', 'PreserveClass', 'PreserveTag', 'KeepTag',
        'DefaultImageAlt', 'OpenQuote', 'CloseQuote', 'CssSelector', 'TargetElement', 'ExcludedTag', 'ExcludedSelector'
    ) {
        $given = @{ $_ = $null; ContentFilter = 'Pruning' }
        $option = New-Crawl4ReadingOption @given
        '<p>text</p>' | ConvertTo-Crawl4Markdown -ReadingOption $option -As Markdown | Should -Be "text`n"
    }
}
