#Requires -Version 7.6
BeforeAll {
    . "$PSScriptRoot/Module.ps1"
    $script:work = Get-TestFolder
    $script:table = @{
        name         = 'Links'
        baseSelector = 'a'
        baseFields   = @(@{ name = 'href'; type = 'attribute'; attribute = 'href' })
        fields       = @(
            [ordered]@{ name = 'text'; type = 'text'; default = 7 }
            @{ name = 'digits'; type = @('text', 'regex'); pattern = '(\d+)'; group = 1 }
        )
    }
    $script:json = $table | ConvertTo-Json -Depth 5
    $script:page = '<a href="/1">One 11</a><a href="/2">Two</a>'
}

AfterAll {
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'New-Crawl4Schema' {
    It 'takes a hashtable, JSON text, its lines, an object and a file alike' {
        $file = Join-Path $work 'links.json'
        Set-Content $file $json
        $schemas = @(
            New-Crawl4Schema $table
            New-Crawl4Schema $json
            $json | New-Crawl4Schema
            Get-Content $file | New-Crawl4Schema
            $json | ConvertFrom-Json | New-Crawl4Schema
            New-Crawl4Schema -Path $file
            New-Crawl4Schema -Path "$work/*.json"
        )
        $schemas.Count | Should -Be 7
        foreach ($schema in $schemas) {
            $schema.GetType().FullName | Should -Be 'Crawl4.Core.Reading.Extracting.ExtractionSchema'
            $schema.Name | Should -Be 'Links'
            $items = $page | ConvertTo-Crawl4Markdown -Schema $schema
            $items.href | Should -Be '/1', '/2'
            $items[0].text | Should -Be 'One 11'
            $items[0].digits | Should -Be '11'
            $items[1].PSObject.Properties.Name | Should -Not -Contain 'digits'
        }
    }

    It 'takes selectors in XPath, and keeps that in the schema' {
        $schema = New-Crawl4Schema @{ baseSelector = '//a[2]'; fields = @(@{ name = 't'; type = 'text' }) } -Kind XPath
        $schema.Kind | Should -Be 'XPath'
        ($page | ConvertTo-Crawl4Markdown -Schema $schema).t | Should -Be 'Two'
    }

    It 'says where a schema is wrong: <say>' -ForEach @(
        @{ schema = @{ baseSelector = 'a[' ; fields = @(@{ name = 'a'; type = 'text' }) }; say = "*baseSelector 'a\['*" }
        @{ schema = @{ baseSelector = 'a' }; say = '*fields is missing*' }
        @{ schema = @{ BaseSelector = 'a'; fields = @() }; say = "*BaseSelector is unknown*" }
        @{ schema = @{ baseSelector = 'a'; fields = @(@{ name = 'a'; type = 'txt' }) }; say = '*fields?0?.type*' }
        @{ schema = @{ baseSelector = 'a'; fields = @(@{ name = 'a'; type = 'regex'; pattern = '(' }) }; say = '*fields?0?.pattern*' }
        @{ schema = 'no json'; say = '*is not JSON*' }
    ) {
        New-Crawl4Schema $schema -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Crawl4.OptionInvalid,*'
        $failed[0].Exception.Message | Should -BeLike ($say -replace '\\\[', '`[')
        $failed[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $command = Get-Command ConvertTo-Crawl4Markdown
        { 'x' | & $command -Schema $schema } | Should -Throw
    }

    It 'refuses a table that refers to itself' {
        $loop = @{ baseSelector = 'a' }
        $loop.fields = @($loop)
        New-Crawl4Schema $loop -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].Exception.Message | Should -BeLike '*refers to itself*'
    }

    It 'goes on after a file that is wrong' {
        $folder = Join-Path $work 'several'
        $null = New-Item -ItemType Directory $folder
        Set-Content "$folder/a.json" '{'
        Set-Content "$folder/b.json" $json
        @(New-Crawl4Schema -Path "$folder/*.json" -ErrorVariable failed -ErrorAction SilentlyContinue).Count | Should -Be 1
        $failed.Count | Should -Be 1
        $failed[0].TargetObject | Should -BeLike '*a.json'
    }

    It 'shows name, selector and fields' {
        New-Crawl4Schema $table | Out-String | Should -Match '(?s)Links.*BaseSelector : a.*href, text, digits'
    }

    It 'makes a schema of each file that comes down the pipeline' {
        $folder = Get-TestFolder
        try {
            foreach ($name in 'one', 'two') {
                @{ name = $name; baseSelector = 'p'; fields = @(@{ name = 't'; selector = 'b'; type = 'text' }) } |
                    ConvertTo-Json -Depth 5 | Set-Content "$folder/$name.json"
            }
            Get-Item "$folder/*.json" | New-Crawl4Schema | ForEach-Object Name | Should -Be 'one', 'two'
            Get-Content "$folder/*.json" | New-Crawl4Schema | ForEach-Object Name | Should -Be 'one', 'two'
            Get-Content "$folder/*.json" -Raw | New-Crawl4Schema | ForEach-Object Name | Should -Be 'one', 'two'
            '<p><b>x</b></p>' | ConvertTo-Crawl4Markdown -Schema (Get-Item "$folder/one.json") | ForEach-Object t | Should -Be 'x'
        }
        finally {
            Remove-Item -LiteralPath $folder -Recurse
        }
    }

    It 'says that a name is no schema' {
        New-Crawl4Schema products.json -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Exception.Message | Should -Be "'products.json' is no schema but the name of a file."
        $failed.ErrorDetails.RecommendedAction | Should -BeLike '*-Path*'
    }
}
