"""What was asked of the registry and of the cluster, as plain values. Empty when nobody asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Published:
    """What the registry says about an image; a text that is not empty says what is wrong.

    `missing`: it cannot be found or read at all. `closed`: not without logging in. `different`: it is not what its tag
    says. `attested` is None when the registry does not tell.
    """

    missing: str = ""
    closed: str = ""
    different: str = ""
    attested: bool | None = None


@dataclass(frozen=True)
class Facts:
    """`published`: by image reference. `running`: by namespace, the image of each "deployment/container"."""

    published: Mapping[str, Published] = field(default_factory=dict)
    running: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
