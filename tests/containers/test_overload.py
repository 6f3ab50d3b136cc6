"""More requests than the containers can answer; `make bench` has the figures, with longer loads."""

from collections.abc import Callable, Iterator

import pytest

from tests.containers.manifest import MIB
from tests.containers.overload import COSTLY, Level, Service, greedy, service


@pytest.fixture(scope="module")
def running(images: None) -> Iterator[Service]:
    with service() as started:
        yield started


def without_failed_probes(load: Callable[[], Level], attempts: int = 3) -> Level:
    """The first load under which no probe fails, else the last: other work on the machine makes probes fail too."""
    for _ in range(attempts):
        level = load()
        if not level.failed_probes:
            break
    return level


@pytest.mark.timeout(300)
def test_four_times_what_can_be_answered_stops_no_answer_no_probe_and_nothing_afterwards(running: Service) -> None:
    capacity = running.capacity(4)
    level = without_failed_probes(lambda: running.under(4 * capacity, 6))
    assert level.failed_probes == []
    assert level.statuses.keys() == {200, 503}
    assert level.goodput >= capacity / 3
    assert level.recovered <= 5
    assert_alive(running)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("path", COSTLY[:2])
def test_one_client_that_asks_for_what_costs_most_keeps_nobody_else_waiting(running: Service, path: str) -> None:
    level = without_failed_probes(lambda: running.under(4, 6, (greedy(path), 8)))
    assert level.failed_probes == []
    assert level.share(costly=False) >= 0.9
    assert level.recovered <= 5
    assert_alive(running)


def assert_alive(running: Service) -> None:
    assert running.backend.peak_memory() <= 200 * MIB
    state = running.backend.state()
    assert (state["OOMKilled"], state["RestartCount"], state["Running"]) == (False, 0, True)
