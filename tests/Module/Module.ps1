# What every test file starts with: the built module, a site on loopback and a cache of its own.
$ErrorActionPreference = 'Stop'
$ModuleManifest = [IO.Path]::GetFullPath("$PSScriptRoot/../../out/module/Crawl4/Crawl4.psd1")
Import-Module $ModuleManifest

function Get-TestFolder {
    [IO.Directory]::CreateTempSubdirectory('crawl4-test-').FullName
}

# All files of a folder with their content, as one text: equal exactly where nothing was written.
function Get-FolderDigest([string] $Path) {
    $files = Get-ChildItem -LiteralPath $Path -Recurse -File -Force | Sort-Object FullName
    ($files | ForEach-Object { "$($_.FullName) $((Get-FileHash -LiteralPath $_.FullName).Hash)" }) -join "`n"
}

function Wait-For([scriptblock] $Condition, [double] $Seconds = 20) {
    $deadline = [DateTime]::UtcNow.AddSeconds($Seconds)
    while (-not (& $Condition)) {
        if ([DateTime]::UtcNow -gt $deadline) {
            throw "Not so within $Seconds s: $Condition"
        }
        [Threading.Thread]::Yield() | Out-Null
        Start-Sleep -Milliseconds 20
    }
}

# A small site on loopback. Hits has the path of every request; /hang answers nothing until the site stops. Below /v1 it is a
# language model that says what Answers holds, the last one again and again; Questions has what it was asked.
function Open-TestSite {
    $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $probe.Start()
    $port = $probe.LocalEndpoint.Port
    $probe.Stop()
    $listener = [Net.HttpListener]::new()
    $listener.Prefixes.Add("http://127.0.0.1:$port/")
    $listener.Start()
    $hits = [Collections.Concurrent.ConcurrentQueue[string]]::new()
    $questions = [Collections.Concurrent.ConcurrentQueue[string]]::new()
    $answers = [Collections.Concurrent.ConcurrentQueue[string]]::new()
    $shell = [powershell]::Create()
    $null = $shell.AddScript({
            param($listener, $hits, $questions, $answers)
            $answer = $next = ''
            $held = [Collections.Generic.List[object]]::new()
            while ($listener.IsListening) {
                try { $context = $listener.GetContext() } catch { break }
                $path = $context.Request.Url.PathAndQuery
                $hits.Enqueue($path)
                if ($path.StartsWith('/hang')) {
                    $held.Add($context)
                    continue
                }
                $response = $context.Response
                $response.ContentType = 'text/html; charset=utf-8'
                $body = switch -Wildcard ($path) {
                    '/' {
                        $links = 1..3 | ForEach-Object { "<li><a href='/page/$_'>Page $_</a></li>" }
                        "<html><head><title>Home</title></head><body><h1>Home</h1><ul>$links</ul></body></html>"
                    }
                    '/page/*' {
                        $name = $path -replace '^/page/'
                        "<html><head><title>Page $name</title></head><body><h1>Page $name</h1><p>Text of page $name, " +
                        "long enough to be read as a page of its own by whoever looks at it.</p></body></html>"
                    }
                    '/headers' {
                        $lines = $context.Request.Headers.AllKeys | ForEach-Object { "<p>$($_)=$($context.Request.Headers[$_])</p>" }
                        "<html><head><title>Headers</title></head><body>$lines</body></html>"
                    }
                    '/v1/chat/completions' {
                        $reader = [IO.StreamReader]::new($context.Request.InputStream)
                        $questions.Enqueue("$($context.Request.Headers['Authorization'])`n$($reader.ReadToEnd())")
                        if ($answers.TryDequeue([ref] $next)) { $answer = $next }
                        $response.ContentType = 'application/json'
                        @{
                            choices = @(@{ message = @{ role = 'assistant'; content = $answer }; finish_reason = 'stop' })
                            usage   = @{ prompt_tokens = 10; completion_tokens = 5; total_tokens = 15 }
                        } | ConvertTo-Json -Depth 5
                    }
                    default {
                        $response.StatusCode = 404
                        '<html><head><title>None</title></head><body><p>No such page.</p></body></html>'
                    }
                }
                $bytes = [Text.Encoding]::UTF8.GetBytes($body)
                try {
                    $response.OutputStream.Write($bytes, 0, $bytes.Length)
                    $response.Close()
                }
                catch {
                    # The client has gone; the next one comes.
                    $response.Abort()
                }
            }
        }).AddArgument($listener).AddArgument($hits).AddArgument($questions).AddArgument($answers)
    [pscustomobject]@{
        Url       = "http://127.0.0.1:$port"
        Hits      = $hits
        Questions = $questions
        Answers   = $answers
        Listener  = $listener
        Shell     = $shell
        Handle    = $shell.BeginInvoke()
    }
}

function Close-TestSite($Site) {
    $Site.Listener.Close()
    $null = $Site.Shell.EndInvoke($Site.Handle)
    $Site.Shell.Dispose()
}
