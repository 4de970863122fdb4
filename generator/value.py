"""What all values of the project have in common.

A library is made of a hundred thousand of them, and each build reads, makes and writes them down
again. So they are structs of msgspec and not dataclasses, which it takes several times as long to
make, to change and to read; what is written of one are its fields in their order, without names.
"""

from __future__ import annotations

import msgspec


class Value(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Never changes, equals what has the same fields, and holds nothing that leads back to it.

    The last is for its maker to see to: Python does not look for such circles here.
    """
