"""What is known of papers besides what their digests say: `docs/digests/identities.yml`.

`broadsheet identify` writes the file, from answers of arXiv, and a person looks at it in a pull
request. A build reads it and asks nobody. What a digest says itself always counts more.

`known` has what is known and gives it to digests; `file` reads and writes it.
"""

from generator.identities.file import NAME, read_identities, written
from generator.identities.known import Identities, Identity, all_of, begins, identified

__all__ = [
    "NAME",
    "Identities",
    "Identity",
    "all_of",
    "begins",
    "identified",
    "read_identities",
    "written",
]
