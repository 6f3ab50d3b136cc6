"""Record what kubectl shows of incidents on a cluster that the environment names: python -m tests.cluster.record [ID]

Writes the files that `gitops practice evidence` shows, one for each variant.
"""

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from bootstrap.cluster import argocd
from bootstrap.processes import CommandError
from gitops.practice import evidence, library
from gitops.practice.incident import Incident
from tests.cluster.classroom import practising
from tests.cluster.evidence import normal
from tests.cluster.loop import running
from tests.cluster.student import Student

# As many as fit on a small machine with what the manifests request.
NAMES = ("practice-ada", "practice-bob")


def main(chosen: Sequence[str]) -> int:
    incidents = [library.named(name, None) for name in chosen or library.every(None)]
    with running() as loop, TemporaryDirectory(prefix="gutenberg-class-") as folder:
        argocd.delete(loop.fork.application)
        with practising(loop, Path(folder), *NAMES) as students, ThreadPoolExecutor(len(students)) as pool:
            free = SimpleQueue[Student]()
            for student in students:
                free.put(student)
            variants = [(free, one, variant) for one in incidents for variant in range(len(one.faults))]
            return 1 if list(filter(None, pool.map(lambda work: record(*work), variants))) else 0


def record(free: SimpleQueue[Student], incident: Incident, variant: int) -> str:
    """Lets a free student see the incident, and writes what was seen. Returns what went wrong."""
    student, file = free.get(), evidence.file(incident.id, variant, None)
    try:
        text = normal(student.begin_until_seen(incident, variant), student.name)
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        print(f"{file.name}: {len(text)} characters", flush=True)
        return ""
    except (CommandError, AssertionError) as error:
        print(f"{file.name}: {error}", file=sys.stderr, flush=True)
        return str(error)
    finally:
        free.put(student)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
