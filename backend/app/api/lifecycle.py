"""Whether the process should still get requests."""

from dataclasses import dataclass


@dataclass(slots=True)
class Lifecycle:
    """Draining begins with SIGTERM: readiness fails, connections are not kept, requests are still answered."""

    draining: bool = False
