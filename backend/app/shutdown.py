"""A shutdown that loses no request: readiness fails first, then the process ends."""

import asyncio
from types import FrameType

import uvicorn

from app.api.middleware import Lifecycle


class Server(uvicorn.Server):
    """After the first SIGTERM, readiness fails and requests are served for `drain_seconds`. A second one ends that, and
    a third does not wait for requests in flight. The seconds are a setting; the cluster's are in
    k8s/base/backend.yaml."""

    def __init__(self, config: uvicorn.Config, lifecycle: Lifecycle, drain_seconds: float) -> None:
        super().__init__(config)
        self._lifecycle = lifecycle
        self._drain_seconds = drain_seconds

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # uvicorn's own handler would raise the signal again at the end: the process would be killed by it instead of
        # exiting.
        if self.started and not self._lifecycle.draining:
            self._lifecycle.draining = True
            asyncio.get_running_loop().call_later(self._drain_seconds, self._leave)
        elif not self.should_exit:
            self._leave()
        else:
            self.force_exit = True

    def _leave(self) -> None:
        self.should_exit = True
