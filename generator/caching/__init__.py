"""What a build keeps for the next one, and how the new site comes to stand where the old one did.

    stamp       what code and which versions of libraries made something
    store       the memory of all stages, on disk
    held        the same in a process that builds again and again
    manifest    which files a site has, and what each rests on
    inventory   whether they are still as they were, and what else is there
    publishing  what has to be made at all, and what stays
    aside       a folder beside the site to build in
    placing     the step that makes it the site
    swapping    lets two folders change places
    locking     locks that end with their process

Everything here can be deleted at any time: then the next build takes longer, and comes to the same
bytes. Nothing that is read back can run, and what was damaged or made by other code counts as
absent.
"""

from generator.caching.aside import Aside
from generator.caching.held import Held
from generator.caching.manifest import content_digest, files_in
from generator.caching.placing import Placing
from generator.caching.publishing import Known, Made, Published, Wanted, publish
from generator.caching.stamp import stamp
from generator.caching.store import Store

__all__ = [
    "Aside",
    "Held",
    "Known",
    "Made",
    "Placing",
    "Published",
    "Store",
    "Wanted",
    "content_digest",
    "files_in",
    "publish",
    "stamp",
]
