"""Measure `gitops explain-log` on a long log: python -m tests.bench.logs"""

import sys
import time
from collections.abc import Sequence
from io import StringIO
from itertools import cycle, islice

from gitops.doctor.logs.log_reader import sightings
from tests.bench.bars import Bar

LINES = 1_000_000
_HEALTHY = (
    "2026-03-02T08:11:00.1180042Z #24 [linux/amd64 index 4/4] RUN python -m app.index build  {} of 18 books",
    '10.244.0.1 - - [02/Mar/2026:08:12:13 +0000] "GET /api/search?q=white+whale HTTP/1.1" 200 {} "-" "Mozilla/5.0"',
    'backend-1  | {{"level":"info","logger":"app.access","message":"GET /search","status":200,"ms":{}}}',
)
_FAULTY = (
    "Warning  Unhealthy  {}s (x20 over 39s)  kubelet  Readiness probe failed: HTTP probe failed with statuscode: 404",
    "fatal: unable to access 'https://github.com/class/k8s-practice/': Could not resolve host: github.com, try {}",
    "2026-03-02T08:11:00.1180042Z ##[error]denied: permission_denied: write_package, try {}",
)


def main() -> int:
    bars = [
        _measured("one in ten of which reports a fault", [*_HEALTHY * 3, _FAULTY[0]], LINES // 10),
        _measured("each of which reports a fault", _FAULTY, LINES),
    ]
    print(*bars, sep="\n")
    return 0 if all(bar.passed for bar in bars) else 1


def _measured(what: str, shapes: Sequence[str], reporting: int) -> Bar:
    lines = islice(cycle(shapes), LINES)
    log = StringIO("".join(f"{shape.format(number)}\n" for number, shape in enumerate(lines)))
    began = time.process_time()
    faults = sightings(log)
    taken = time.process_time() - began
    assert sum(fault.times for fault in faults) == reporting
    return Bar(f"gitops explain-log: seconds of processor time for {LINES:,} lines, {what}", taken, most=10)


if __name__ == "__main__":
    sys.exit(main())
