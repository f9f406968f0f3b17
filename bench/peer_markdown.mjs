// HTML to Markdown in Node, one thread: node peer_markdown.mjs DATA turndown|rust|node-html-markdown [ROUNDS]
// Prints MB of HTML a second of CPU time, the median of the rounds. Packages are looked for below NODE_PATH or here.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const [, , data, which, rounds] = process.argv;
const load = name => {
  for (const from of [process.env.NODE_PATH, import.meta.dirname ?? '.', process.cwd()].filter(Boolean)) {
    try { return createRequire(path.join(from, 'x.js'))(name); } catch { /* looked for elsewhere */ }
  }
  console.log(`needs the npm package ${name}, which is not here`);
  process.exit(0);
};
const converters = {
  turndown: () => {
    const turndown = new (load('turndown'))({ headingStyle: 'atx', codeBlockStyle: 'fenced' });
    turndown.use(load('turndown-plugin-gfm').gfm);
    turndown.remove(['script', 'style']);
    return html => turndown.turndown(html);
  },
  rust: () => load('html-to-markdown-node').convert,
  'node-html-markdown': () => html => load('node-html-markdown').NodeHtmlMarkdown.translate(html),
};
const convert = converters[which]();
const pages = JSON.parse(fs.readFileSync(path.join(data, 'index.json'), 'utf8')).filter(page => page.real)
  .map(page => fs.readFileSync(path.join(data, page.page), 'utf8'));
const megabytes = pages.reduce((sum, page) => sum + Buffer.byteLength(page), 0) / 1e6;
const seconds = [];
let errors = 0;
for (let round = -1; round < (rounds ?? 5); round++) {
  const before = process.cpuUsage();
  for (const page of pages) {
    try { convert(page); } catch { errors++; }
  }
  const used = process.cpuUsage(before);
  if (round >= 0) seconds.push((used.user + used.system) / 1e6);
}
seconds.sort((a, b) => a - b);
console.log(`${(megabytes / seconds[seconds.length >> 1]).toFixed(1)} MB/s${errors ? `, ${errors} pages failed` : ''}`);
