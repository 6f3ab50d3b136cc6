"""Measure deploys on the cluster that the environment names (CLUSTER_REGISTRY, …): python -m tests.bench.cluster"""

import sys
from collections.abc import Iterator
from statistics import median

from bootstrap.cluster.timeline import Timeline
from bootstrap.processes import CommandError
from tests.bench.bars import Bar
from tests.cluster.loop import Loop, running

ROUNDS = 3
_FROM_WEBHOOK = {
    "first new answer": "first answer",
    "all new pods": "all pods are new",
    "Synced and Healthy": "Synced and Healthy",
}


def main() -> int:
    try:
        with running() as loop:
            taken = [_deployed(loop, number) for number in range(ROUNDS)]
    except CommandError as error:
        print(f"error: {error}")
        return 2
    print(f"Median of {ROUNDS} deploys, which replace all pods of both components, in seconds")
    for what, seconds in _figures(taken):
        print(f"  {what:<32} {seconds:5.1f}")
    update = median(_step(one, "gitops update") for one in taken)
    bar = Bar("gitops update in a deploy, in seconds", update, most=5)
    print(bar)
    return 0 if bar.passed else 1


def _deployed(loop: Loop, number: int) -> Timeline:
    loop.commit(backend=f"round {number}", frontend=f"round {number}")
    return loop.deploy()


def _figures(taken: list[Timeline]) -> Iterator[tuple[str, float]]:
    for name, step in _FROM_WEBHOOK.items():
        yield f"webhook to {name}", median(_at(timeline, step) - _at(timeline, "webhook") for timeline in taken)
    yield "push to first new answer", median(_at(timeline, "first answer") for timeline in taken)


def _at(timeline: Timeline, beginning: str) -> float:
    return next(at for text, at in timeline.steps.items() if text.startswith(beginning))


def _step(timeline: Timeline, step: str) -> float:
    """The seconds that a step took."""
    times = [0.0, *timeline.steps.values()]
    return timeline.steps[step] - times[list(timeline.steps).index(step)]


if __name__ == "__main__":
    sys.exit(main())
