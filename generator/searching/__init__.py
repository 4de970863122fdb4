"""A library → the index that is searched in the browser. `search.js` is the other half.

Why there is code of our own here: no engine that was tried is both good and light. Measured side
by side, nDCG@10 on three judged collections and the size of the index, gzipped:

| nDCG@10 | cranfield | s2search | ml_tldr | 1,400 / 10,000 papers |
|---|---|---|---|---|
| Material 9.8.1's own worker | 0.152 | 0.640 | 0.394 | 0.42 / 3.79 MB |
| Pagefind 1.5 (all words must match) | 0.015 | 0.588 | 0.139 | 1.6 / 11.5 MB |
| MiniSearch, stemmed, title × 2 | 0.383 | 0.754 | 0.923 | 0.25 / 2.28 MB |
| FlexSearch "suggest", stemmed | 0.190 | 0.786 | – | 0.34 MB / – |
| Orama, stemmed | 0.319 | 0.759 | – | 1.7 MB / – |
| BM25 of all text + 0.5 × of the title | 0.401 | 0.746 | 0.928 | 0.12 / 0.84 MB |
| MiniLM embeddings, a model of 90 MB | 0.398 | 0.690 | 0.857 | – |
| this room and `search.js` | 0.412 | 0.755 | 0.928 | 0.67 / 5.96 MB |

Material fetches its index on every first page, MiniSearch all of it before the first result, and
Pagefind makes 16 requests for one. Of our own a first query takes 0.08 MB.

So the ranking is plain BM25, and the work lies in what is fetched and in what people type. `words`
cuts texts, `leaves` says what is searched, `subjects` in which order, `byhand` reads pages written
by hand, `tokens` cuts leaves into words, `gathering` puts these in order and `counting` weighs
them, `shards` and `lines` lay the files out so that a first page of results mostly takes four to
six requests, `index` makes all of it, and `files` tells what there is; unless something changed,
without making it. `layers` divides a library in two, so that one more digest costs what one digest
costs, and `joining` finds the words of what is new their places among those that stay.
`benchmarks/search.py` measures it again, through the module that the site ships.

This room touches no disk and knows no builder; whoever publishes the files writes their bytes.
"""

from generator.searching.byhand import WrittenPage, written_page, written_pages
from generator.searching.files import File, search_drafts, search_files

__all__ = ["File", "WrittenPage", "search_drafts", "search_files", "written_page", "written_pages"]
