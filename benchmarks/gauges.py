"""What a real browser uses: memory, processor, and the time between its frames."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page

FRAMES = """() => {
    const gaps = [], tasks = [];
    let last = 0, on = true;
    const watch = new PerformanceObserver((list) =>
        tasks.push(...list.getEntries().map(({ duration }) => duration)));
    watch.observe({ type: "longtask" });
    const step = (now) => {
        if (last) gaps.push(now - last);
        last = now;
        if (on) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
    window.benchmarkFrames = () => {
        on = false;
        watch.disconnect();
        return { gaps, tasks };
    };
}"""
"""Begins to note the gaps between frames of a page, in milliseconds, and its long tasks."""

FRAMES_SEEN = "() => benchmarkFrames()"
"""Ends that, and gives `gaps` and `tasks`."""


class Heap:
    """Bytes of JavaScript's memory, buffers included."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self._worker = ""
        self._answers: dict[int, dict[str, Any]] = {}
        session.on("Target.attachedToTarget", self._attached)
        session.on("Target.receivedMessageFromTarget", self._received)
        how = {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False}
        session.send("Target.setAutoAttach", how)

    def page(self) -> int:
        """Return what the page holds."""
        self._session.send("HeapProfiler.collectGarbage")
        return self._sum(self._session.send("Runtime.getHeapUsage"))

    def worker(self, page: Page) -> int:
        """Return what the worker of a page holds."""
        for number, method in ((1, "HeapProfiler.collectGarbage"), (2, "Runtime.getHeapUsage")):
            message = json.dumps({"id": number, "method": method})
            self._session.send(
                "Target.sendMessageToTarget", {"sessionId": self._worker, "message": message}
            )
            while number not in self._answers:
                page.wait_for_timeout(20)
        return self._sum(self._answers[2]["result"])

    @staticmethod
    def _sum(told: dict[str, Any]) -> int:
        return int(told["usedSize"] + told.get("backingStorageSize", 0))

    def _attached(self, event: dict[str, Any]) -> None:
        if event["targetInfo"]["type"] == "worker":
            self._worker = event["sessionId"]

    def _received(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        self._answers[message.get("id", 0)] = message


def worker_seconds() -> float:
    """Return the CPU seconds of all workers in browsers that this process started."""
    parents: dict[int, int] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(place.parent.name)] = int(place.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    total = 0
    for process in parents:
        above = process
        while above in parents and above != os.getpid():
            above = parents[above]
        if above != os.getpid():
            continue
        for thread in Path(f"/proc/{process}/task").glob("*"):
            try:
                if (thread / "comm").read_text().startswith("DedicatedWorker"):
                    total += int((thread / "schedstat").read_text().split()[0])
            except OSError:
                continue
    return total / 1e9
