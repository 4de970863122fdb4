"""Whether a built site holds together: everything in it that names something else of it finds it.

    faults      what can be wrong, by kind
    addresses   from what stands in a file to a file of the site
    page        one HTML page: what it names, its ids, what it says of itself
    files       stylesheets, scripts, feeds, citations and data, and what they name
    index       the index of the search: its root names all other files, and tells their content
    site        all files of a folder, one after the other; then what shows only at the end

It reads what readers get and knows nothing of how that came about, so that any mistake on the way
shows. Each file is read once; of a page there remain its ids and the pages that it leads to.
"""

from __future__ import annotations

from generator.verifying.faults import Fault
from generator.verifying.site import Report, verify

__all__ = ["Fault", "Report", "verify"]
