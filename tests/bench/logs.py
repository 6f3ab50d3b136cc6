"""Measure `gitops explain-log` on a long log: python -m tests.bench.logs"""

import sys
import time
from io import StringIO
from itertools import cycle, islice

from gitops.doctor.logs.log_reader import sightings
from tests.bench.bars import Bar

LINES = 1_000_000
# One in ten reports a fault, more than logs of real runs do.
_HEALTHY = (
    "2026-03-02T08:11:00.1180042Z #24 [linux/amd64 index 4/4] RUN python -m app.index build  {} of 18 books",
    '10.244.0.1 - - [02/Mar/2026:08:12:13 +0000] "GET /api/search?q=white+whale HTTP/1.1" 200 {} "-" "Mozilla/5.0"',
    'backend-1  | {{"level":"info","logger":"app.access","message":"GET /search","status":200,"ms":{}}}',
)
_FAULTY = (
    "Warning  Unhealthy  {}s (x20 over 39s)  kubelet  Readiness probe failed: HTTP probe failed with statuscode: 404"
)


def main() -> int:
    shapes = islice(cycle([*_HEALTHY * 3, _FAULTY]), LINES)
    log = StringIO("".join(f"{shape.format(number)}\n" for number, shape in enumerate(shapes)))
    began = time.process_time()
    (found,) = sightings(log)
    taken = time.process_time() - began
    assert found.times == LINES // 10
    bar = Bar(f"gitops explain-log: seconds of processor time for {LINES:,} lines", taken, most=10)
    print(bar)
    return 0 if bar.passed else 1


if __name__ == "__main__":
    sys.exit(main())
