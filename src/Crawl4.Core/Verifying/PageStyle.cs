namespace Crawl4.Core.Verifying;

/// <summary>How a report's page looks. Colours have at least the contrast that WCAG asks of text, in light and in
/// dark.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root{--bg:#f6f7f9;--card:#fff;--text:#1b2430;--soft:#566273;--line:#dfe4ea;--mark:#2563c9;
        --good:#1a7f45;--bad:#b3261e;--warn:#8a5a00}
        @media(prefers-color-scheme:dark){:root{--bg:#12161c;--card:#1b212a;--text:#e8edf3;--soft:#a3afbd;--line:#303945;
        --mark:#7db0ff;--good:#5ad18b;--bad:#ff8a80;--warn:#f3c05d}}
        *{box-sizing:border-box}p{margin:0}
        body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,"Segoe UI",Roboto,sans-serif}
        main{max-width:1080px;margin:0 auto;padding:24px 16px 64px}
        header,section:not(.tiles){background:var(--card);border:1px solid var(--line);border-radius:10px}
        header,section:not(.tiles){padding:18px 22px;margin:0 0 16px}
        header.good{--tone:var(--good)}header.bad{--tone:var(--bad)}header.warn{--tone:var(--warn)}
        header{border-left:6px solid var(--tone)}h1{margin:2px 0 4px;font-size:34px;line-height:1.2;color:var(--tone)}
        h2{margin:0 0 10px;font-size:17px}.what,.when,.path,.tiles p{color:var(--soft);font-size:14px}
        .tiles p.path{overflow-wrap:anywhere;font-size:12px;margin-top:4px}.when{margin-top:6px}
        .tiles{display:grid;gap:12px;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));margin:0 0 16px}
        .tiles div{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px}
        .tiles b{display:block;font-size:26px;line-height:1.3;font-variant-numeric:tabular-nums}
        table{border-collapse:collapse;width:100%;font-size:14px}.narrow{width:auto;min-width:320px}
        th,td{text-align:left;vertical-align:top;padding:7px 14px 7px 0;border-bottom:1px solid var(--line)}
        tr:last-child td{border-bottom:0}th{color:var(--soft);font-weight:600}td:first-child{white-space:nowrap}
        .narrow td.n{text-align:right;padding-right:0;font-variant-numeric:tabular-nums}.scroll{overflow-x:auto}
        .url{overflow-wrap:anywhere;min-width:220px;font-family:ui-monospace,Consolas,monospace;font-size:13px}
        ul{margin:0;padding-left:20px}svg{display:block;width:100%;height:auto}svg text{fill:var(--soft);font-size:12px}
        .grid{stroke:var(--line)}.curve{fill:none;stroke:var(--mark);stroke-width:2}.area{fill:var(--mark);opacity:.14}
        @media print{body{background:#fff}header,section,.tiles div{break-inside:avoid}}
        """;
}
