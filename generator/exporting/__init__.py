"""What an export is made of: see `generator.export`, which tells the whole story.

settings    mkdocs.yml as it is written, and what it says
places      where pages go, and the links of pages by hand that lead to them
outfolder   the folder that is written, and the list of what an export left there
"""

from generator.exporting.outfolder import MANIFEST, OutFolder
from generator.exporting.places import (
    address_of,
    has_html_addresses,
    moved,
    with_moved_links,
)
from generator.exporting.settings import ExportError, Settings

__all__ = [
    "MANIFEST",
    "ExportError",
    "OutFolder",
    "Settings",
    "address_of",
    "has_html_addresses",
    "moved",
    "with_moved_links",
]
