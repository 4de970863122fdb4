"""From how many of a library's papers is learned what holds for all of them.

How rare a term is, how the map is laid out, which words lines write as one sign: whatever rests on
a library as a whole would change with each paper. So it is learned from the oldest papers, from
so many as the largest step of a fixed series that the library has reached, and a new digest
changes nothing of it until the next step, a quarter more papers.
"""

from __future__ import annotations

FIRST, GROWTH = 512, 1.25
"""The series: below its first step nothing is learned ahead."""


def learned_from(papers: int) -> int:
    """Return from how many of so many papers is learned."""
    step, size = 0, FIRST
    while (larger := round(FIRST * GROWTH ** (step + 1))) <= papers:
        step, size = step + 1, max(larger, size)
    return size
