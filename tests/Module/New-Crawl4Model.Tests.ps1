#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:site = Open-TestSite
    $script:work = Get-TestFolder
    $env:CRAWL4_TEST_KEY = 'sk-0123456789abcdef'
    $script:model = New-Crawl4Model tiny -Endpoint "$($site.Url)/v1" -ApiKeyVariable CRAWL4_TEST_KEY -Price 1, 2
    $script:page = '<h1>Shop</h1><ul class="items"><li><b>Pen</b> <i>2</i></li><li><b>Ink</b> <i>5</i></li></ul>'
}

AfterAll {
    Remove-Item Env:CRAWL4_TEST_KEY
    Close-TestSite $site
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'New-Crawl4Model' {
    BeforeEach {
        $site.Answers.Clear()
        $site.Questions.Clear()
    }

    It 'knows where the providers of Crawl4AI are' {
        (New-Crawl4Model gpt-4o-mini).BaseUrl | Should -Be 'https://api.openai.com/v1'
        (New-Crawl4Model groq/llama-3).ApiKeyVariable | Should -Be 'GROQ_API_KEY'
        $local = New-Crawl4Model ollama/llama3 -Temperature 0 -MaxRetry 0
        $local.Model, $local.BaseUrl, $local.ApiKeyVariable, $local.Temperature, $local.MaxRetries |
            Should -Be 'llama3', 'http://localhost:11434/v1', '', 0, 0
        { New-Crawl4Model nobody/x } | Should -Throw -ErrorId 'Crawl4.OptionInvalid,*'
    }

    It 'shows no key, and takes none' {
        "$($model | Format-List * | Out-String)" | Should -Not -Match 'sk-0123'
        (Get-Command New-Crawl4Model).Parameters.Keys | Should -Not -Contain 'ApiKey'
    }

    It 'extracts, is asked once, and says what it took' {
        $site.Answers.Enqueue('{"items":[{"name":"Page 1"}]}')
        $ask = @{ Model = $model; Instruction = 'the name'; ItemSchema = @{ type = 'object' }; BaseDirectory = $work }
        $first = Invoke-Crawl4 "$($site.Url)/page/1" @ask
        $again = Invoke-Crawl4 "$($site.Url)/page/1" @ask
        $first.ExtractedItems.name, $again.ExtractedItems.name | Should -Be 'Page 1', 'Page 1'
        $first.ModelUsage.TotalTokens, $first.ModelUsage.Cost | Should -Be 15, 0.00002
        $again.ModelUsage | Should -BeNullOrEmpty
        $site.Questions.Count | Should -Be 1
        $asked = @($site.Questions)[0]
        $asked | Should -Match 'Bearer sk-0123456789abcdef'
        $asked | Should -Match 'the name'
    }

    It 'asks about no more pieces than it may' {
        $long = -join (1..60 | ForEach-Object { "<p>Paragraph $_ says something about pens, ink and paper.</p>" })
        $site.Answers.Enqueue('{"items":[{"name":"Pen"}]}')
        $ask = @{ Instruction = 'names'; Model = $model; ChunkTokenThreshold = 100; OverlapRate = 0; MaxPieces = 1 }
        $items = @($long | ConvertTo-Crawl4Markdown @ask -ErrorAction SilentlyContinue -ErrorVariable problems)
        $items[0].name | Should -Be 'Pen'
        "$problems" | Should -Match 'the first 1'
        $site.Questions.Count | Should -Be 1
    }

    It 'filters' {
        $site.Answers.Enqueue('{"keep":["1"]}')
        $page | ConvertTo-Crawl4Markdown -ContentFilter Llm -Query headings -Model $model | Should -Be "# Shop`n"
        @($site.Questions)[0] | Should -Match 'headings'
        $options = New-Crawl4ReadingOption -ContentFilter Llm -FilterMode Rewrite -Query headings
        $site.Answers.Enqueue('<content># Other</content>')
        $page | ConvertTo-Crawl4Markdown -ReadingOption $options -Model $model | Should -Be "# Other`n"
    }

    It 'writes a schema from samples, which then works without it' {
        $site.Answers.Enqueue('{"baseSelector":"li","fields":[{"name":"name","selector":"b","type":"text"}]}')
        $schema = $page | New-Crawl4Schema -Model $model -Query products -TargetJsonExample @{ name = 'Pen' }
        $schema.GetType().Name | Should -Be 'ExtractionSchema'
        ($page | ConvertTo-Crawl4Markdown -Schema $schema).name | Should -Be 'Pen', 'Ink'
        $json = New-Crawl4Schema -Sample $page -Model $model -AsJson
        ($page | ConvertTo-Crawl4Markdown -Schema $json).name | Should -Be 'Pen', 'Ink'
        $site.Questions.Count | Should -Be 2
    }

    It 'takes a result of a crawl as a sample, and files' {
        $site.Answers.Enqueue('{"baseSelector":"h1","fields":[{"name":"name","type":"text"}]}')
        $file = Join-Path $work 'sample.html'
        Set-Content $file $page
        $schema = @(Invoke-Crawl4 "$($site.Url)/page/2" -BaseDirectory $work; Get-Item $file) | New-Crawl4Schema -Model $model
        $schema.BaseSelector | Should -Be 'h1'
        @($site.Questions)[0] | Should -Match 'Text of page 2'
        @($site.Questions)[0] | Should -Match 'Ink'
    }

    It 'says what is missing' {
        { $page | ConvertTo-Crawl4Markdown -Instruction x } | Should -Throw '*needs a model*'
        { $page | ConvertTo-Crawl4Markdown -ContentFilter Llm } | Should -Throw '*needs a model*'
        { $page | ConvertTo-Crawl4Markdown -Instruction x -Model $model -Pattern email } | Should -Throw '*two are given*'
        $keyless = New-Crawl4Model tiny -Endpoint "$($site.Url)/v1" -ApiKeyVariable CRAWL4_NO_SUCH_KEY
        { $page | ConvertTo-Crawl4Markdown -Instruction x -Model $keyless } | Should -Throw '*CRAWL4_NO_SUCH_KEY is not set*'
        $site.Answers.Enqueue('I do not know.')
        { $page | New-Crawl4Schema -Model $model -MaxRefinement 1 } | Should -Throw -ErrorId 'Crawl4.ModelAnswerInvalid,*'
    }
}

Describe 'Clusters' {
    It 'need no model' {
        $text = -join (1..4 | ForEach-Object { "<p>This paragraph is about pens and ink and paper, number $_ of some.</p>" })
        $items = @($text | ConvertTo-Crawl4Markdown -Cluster)
        $items.Count | Should -Be 1
        $items[0].tags.Count | Should -BeGreaterThan 0
        @($text | ConvertTo-Crawl4Markdown -SemanticFilter ships).Count | Should -Be 0
    }

    It 'are joined and named as asked' {
        $text = -join ('pens and ink', 'ships and harbours' | ForEach-Object { "<p>This paragraph is about $_, and says it at some length.</p>" })
        $items = @($text | ConvertTo-Crawl4Markdown -Cluster -Linkage single -MaxDistance 1 -TopK 1)
        $items.Count, $items[0].tags.Count | Should -Be 1, 1
        { $text | ConvertTo-Crawl4Markdown -Pattern email -TopK 1 } | Should -Throw '*-TopK belongs to clusters*'
        { $text | ConvertTo-Crawl4Markdown -Cluster -MaxPieces 1 } | Should -Throw '*-MaxPieces belongs to -Instruction*'
    }
}
