"""What a script prints in a process of its own, whose threads and hash seed a test chooses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence


def printed(script: str, texts: Sequence[tuple[str, str]], *, threads: int, seed: int = 0) -> str:
    """Run a script that reads the texts as JSON from its standard input; return what it prints."""
    return subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(texts),
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={
            **os.environ,
            "OMP_NUM_THREADS": str(threads),
            "OPENBLAS_NUM_THREADS": str(threads),
            "PYTHONHASHSEED": str(seed),
        },
    ).stdout
