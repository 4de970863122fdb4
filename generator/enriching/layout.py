"""Neighbours → places: t-SNE whose cost grows with the number of papers and not faster.

After L. van der Maaten and G. Hinton, "Visualizing data using t-SNE" (2008), with what others
found since: papers push each other apart through a grid and a Fourier transform (G. Linderman and
others, "Fast interpolation-based t-SNE", 2019), every neighbour pulls alike (D. Kobak and
P. Berens, "The art of using t-SNE", 2019), and the start is what the library differs in most.
scikit-learn's, which serves small libraries, takes several times as long at 5,000 papers.

The same neighbours give the same places on one machine: one thread, no random numbers.
"""

from __future__ import annotations

from typing import Any

import msgspec

from generator.enriching.rows import Rows

PULLING = 10
"""Neighbours of each paper that pull at it. With 15, fewer stay neighbours on the map."""

_EARLY, _STEPS = 80, 260
"""Steps in which neighbours pull harder, and all steps."""
_HARDER = 12.0
_CELL, _FEWEST, _KNOTS = 1.5, 40, 3
"""The grid: the size of a cell, how many at least, and how many knots it has in each direction."""
_MOST, _MORE = 120, 2.0
"""Cells at most, or so many times the root of the number of papers if that is more. Papers that
hardly anything pulls together flee in all directions, and would need a grid without end."""


def layout(others: Any, start: Any) -> Any:
    """Return a place for each paper. `others` has a row for each, -1 where there is none."""
    import numpy as np

    owners, pullers, shares = _pulls(others[:, :PULLING])
    places = start.astype(float)
    speed = np.zeros_like(places)
    gains = np.ones_like(places)
    rate = max(len(others) / _HARDER, 50.0)
    grid = Grid()
    for step in range(_STEPS):
        early = step < _EARLY
        apart = [way[owners] - way[pullers] for way in np.ascontiguousarray(places.T)]
        strength = shares / (1 + apart[0] * apart[0] + apart[1] * apart[1])
        pull = np.stack(
            [np.bincount(owners, strength * way, minlength=len(places)) for way in apart], axis=1
        )
        slope = 4 * ((_HARDER if early else 1.0) * pull - grid.push(places))
        gains = np.where((slope > 0) == (speed > 0), gains * 0.8, gains + 0.2).clip(0.01)
        speed = (0.5 if early else 0.8) * speed - rate * gains * slope
        places += speed
        places -= places.mean(axis=0)
    return places


def start(rows: Rows) -> Any:
    """Return the two directions in which rows differ most, small and centred.

    By block power iteration: eight times there and back are enough for a start.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    count = len(rows)
    _, columns = np.unique(rows.terms, return_inverse=True)
    matrix = csr_matrix((rows.weights / float(1 << 20), columns, rows.starts))
    back = matrix.T.tocsr()
    turns = np.arange(count) * 2.399963  # A spiral keeps apart papers that share nothing.
    far = np.sqrt(np.arange(count) / count)
    spiral = np.stack([far * np.cos(turns), far * np.sin(turns)], axis=1)
    found = np.concatenate([np.ones((count, 1)), spiral], axis=1)
    for _ in range(8):
        found = matrix @ (back @ _square(found))
    found = _square(found)[:, 1:]
    found = found - found.mean(axis=0)
    return 1e-4 * (found / max(float(found.std()), 1e-12) + 0.01 * spiral)


def _square(columns: Any) -> Any:
    """Make columns of length 1 that stand at right angles: Gram and Schmidt's way."""
    import numpy as np

    done: list[Any] = []
    for column in columns.T:
        for other in done:
            column = column - (column * other).sum() * other
        done.append(column / max(float(np.sqrt((column * column).sum())), 1e-12))
    return np.stack(done, axis=1)


def _pulls(others: Any) -> tuple[Any, Any, Any]:
    """Return who is pulled, by whom and how strongly: each by its neighbours, and they by it."""
    import numpy as np

    count = len(others)
    real = others >= 0
    sizes = real.sum(axis=1)
    owners = np.repeat(np.arange(count), sizes)
    shares = 1 / (2 * count * sizes[owners])
    pairs = np.concatenate([owners * count + others[real], others[real] * count + owners])
    both, at = np.unique(pairs, return_inverse=True)
    return both // count, both % count, np.bincount(at, np.tile(shares, 2))


class Grid(msgspec.Struct):
    """How papers push each other apart, by way of knots on a grid."""

    step: float = 0.0
    """Between two knots."""
    knots: int = 0
    """In each direction."""
    near: Any = None
    """What one knot does to others at each distance, as frequencies: 1 / (1 + d²)."""
    far: Any = None
    """The same squared."""

    def push(self, places: Any) -> Any:
        """Return the push that each place gets from all others."""
        import numpy as np

        low = places.min(axis=0)
        side = float((places.max(axis=0) - low).max())
        self._fit(max(side, 1e-6), len(places))
        size = (2 * self.knots, 2 * self.knots)
        knots, shares = self._spread(places - low)
        flat = knots.ravel()

        def charged(amounts: Any) -> Any:
            table = np.bincount(
                flat, weights=(shares * amounts).ravel(), minlength=self.knots * self.knots
            )
            return table.reshape(self.knots, self.knots).astype(np.float32)

        # As complex numbers at once: NumPy turns others into these in twice the time.
        ones = np.fft.fft2(charged(1.0).astype(np.complex64), s=size)
        centred = places - places.mean(axis=0)
        moved = np.fft.fft2(charged(centred[:, 0]) + 1j * charged(centred[:, 1]), s=size)

        def felt(table: Any) -> Any:
            # What stands beyond the knots is thrown away: before the second half of the work.
            rows = np.fft.ifft(table, axis=1)[:, : self.knots]
            inner = np.fft.ifft(rows, axis=0)[: self.knots].ravel()
            return (inner[knots] * shares).sum(axis=0)

        weights = felt(ones * (self.near + 1j * self.far))
        ways = felt(moved * self.far)
        total = weights.real.sum() - len(places)
        push = centred * weights.imag[:, None] - np.stack([ways.real, ways.imag], axis=1)
        return push / total

    def _fit(self, side: float, papers: int) -> None:
        """Take a grid that covers a side, in few sizes, so that it serves many steps."""
        import numpy as np

        most = max(_MOST, int(np.ceil(_MORE * np.sqrt(papers) / 8)) * 8)
        needed = int(np.ceil(side / _CELL / 8)) * 8
        cells = min(most, max(_FEWEST, needed))
        room = (
            cells * _CELL
            if _FEWEST < needed <= most
            else 1.25 ** np.ceil(np.log(side * 1.0001) / np.log(1.25))
        )
        step = float(room) / cells / _KNOTS
        if (step, cells * _KNOTS) != (self.step, self.knots):
            self.step, self.knots = step, cells * _KNOTS
            line = np.minimum(np.arange(2 * self.knots), 2 * self.knots - np.arange(2 * self.knots))
            squares = (line * step) ** 2
            near = 1 / (1 + squares[:, None] + squares[None, :])
            self.near = np.fft.fft2(near).real.astype(np.float32)
            self.far = np.fft.fft2(near * near).real.astype(np.float32)

    def _spread(self, places: Any) -> tuple[Any, Any]:
        """Return for each place the nine knots of its cell and their shares in it."""
        import numpy as np

        at = places / (self.step * _KNOTS)
        cell = np.minimum(at.astype(np.int64), self.knots // _KNOTS - 1)
        inner = (at - cell) * _KNOTS - 0.5  # The cell's knots are at 0, 1 and 2.
        shares = (
            (inner - 1) * (inner - 2) / 2,
            inner * (2 - inner),
            inner * (inner - 1) / 2,
        )
        first = cell * _KNOTS
        knots = np.stack(
            [
                (first[:, 0] + row) * self.knots + first[:, 1] + column
                for row in range(_KNOTS)
                for column in range(_KNOTS)
            ]
        )
        each = [shares[a][:, 0] * shares[b][:, 1] for a in range(_KNOTS) for b in range(_KNOTS)]
        return knots, np.stack(each)
