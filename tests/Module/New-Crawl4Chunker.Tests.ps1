#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:html = '<p>' + ((1..10 | ForEach-Object { "w$_" }) -join ' ') + '</p>'
}

Describe 'New-Crawl4Chunker' {
    It 'divides by <strategy>' -ForEach @(
        @{ strategy = 'Identity'; with = @{}; expected = @('w1 w2 w3 w4 w5 w6 w7 w8 w9 w10') }
        @{ strategy = 'Regex'; with = @{ Pattern = ' w5 ' }; expected = @('w1 w2 w3 w4', 'w6 w7 w8 w9 w10') }
        @{ strategy = 'Sentence'; with = @{}; expected = @('w1 w2 w3 w4 w5 w6 w7 w8 w9 w10') }
        @{ strategy = 'Topic'; with = @{}; expected = @('w1 w2 w3 w4 w5 w6 w7 w8 w9 w10') }
        @{ strategy = 'FixedLengthWord'; with = @{ Size = 6 }; expected = @('w1 w2 w3 w4 w5 w6', 'w7 w8 w9 w10') }
        @{ strategy = 'SlidingWindow'; with = @{ Size = 6; Step = 4 }; expected = @('w1 w2 w3 w4 w5 w6', 'w5 w6 w7 w8 w9 w10') }
        @{ strategy = 'OverlappingWindow'; with = @{ Size = 6; Overlap = 1 }; expected = @('w1 w2 w3 w4 w5 w6', 'w6 w7 w8 w9 w10') }
    ) {
        $chunker = New-Crawl4Chunker $strategy @with
        $items = @($html | ConvertTo-Crawl4Markdown -Chunker $chunker)
        $items.content.Trim() | Should -Be $expected
        $items.index | Should -Be (0..($expected.Count - 1))
    }

    It 'is known by its name alone' {
        $items = @($html | ConvertTo-Crawl4Markdown -Chunker sentence)
        $items.Count | Should -Be 1
        { $html | ConvertTo-Crawl4Markdown -Chunker nothing } | Should -Throw '*SlidingWindow*'
    }

    It 'divides what patterns are looked for in' {
        $page = '<p>Write to a@b.example. Or write to c@d.example now.</p>'
        $items = $page | ConvertTo-Crawl4Markdown -Pattern email -Chunker (New-Crawl4Chunker Sentence)
        $items.Count | Should -Be 2
        $items[1].span[0] | Should -BeLessThan 20
    }

    It 'refuses sizes that do not belong to the strategy' {
        { New-Crawl4Chunker Sentence -Size 5 } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
        { New-Crawl4Chunker OverlappingWindow -Size 5 -Overlap 5 } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
        { New-Crawl4Chunker Regex -Pattern '(' } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
    }
}
