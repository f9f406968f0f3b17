"""HTML to Markdown with html2text, one thread: peer_markdown.py DATA [ROUNDS]

Prints MB of HTML a second of CPU time, the median of the rounds."""
import json
import pathlib
import statistics
import sys
import time

try:
    import html2text
except ImportError:
    print("needs the Python package html2text, which is not here")
    sys.exit(0)

data = pathlib.Path(sys.argv[1])
rows = json.loads((data / "index.json").read_text())
pages = [(data / row["page"]).read_bytes().decode("utf-8", "replace") for row in rows if row["real"]]
megabytes = sum(len(page.encode()) for page in pages) / 1e6
seconds = []
for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 3):
    start = time.process_time()
    for page in pages:
        converter = html2text.HTML2Text()
        converter.body_width = 0
        converter.handle(page)
    seconds.append(time.process_time() - start)
print(f"{megabytes / statistics.median(seconds):.1f} MB/s")
