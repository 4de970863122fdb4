"""A page as Markdown with front matter, for any builder, and as the HTML that a layout takes in.

Both say the same: what a page holds is entities and blocks of HTML, so Markdown has nothing to do
but name the heading's place, which is the top of the page. A test holds the one against what
Python-Markdown makes of the other.
"""

from __future__ import annotations

import re
import unicodedata

import yaml

from generator.model import Page

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""The same by libyaml, where PyYAML was built with it: ten times as fast."""


def markdown(page: Page) -> str:
    """Return the page as the text of its Markdown file."""
    matter = yaml.dump(page.meta, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    return f"---\n{matter}---\n\n# {page.heading}\n\n{page.body}"


def html(page: Page) -> str:
    """Return the page's content, heading and body, as a layout takes it in."""
    # Dropped control characters can leave a space at the end, which Markdown leaves out.
    return f"<h1>{page.heading.strip()}</h1>\n{page.body}"


def anchor(heading: str, separator: str) -> str:
    """Name a heading's place by its words, but not as the theme or our scripts name theirs.

    A paper may be called `__config` or "BS keys": a script would take the heading for its own.
    The words become a name as Python-Markdown has it, which names the headings of other pages.
    """
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^\w\s-]", "", plain).strip().lower()
    name = re.sub(rf"[{separator}\s]+", separator, words)
    return f"h-{name}" if name.startswith(("_", "bs-")) else name
