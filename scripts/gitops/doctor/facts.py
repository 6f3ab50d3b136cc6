"""What was asked of the registry and of the cluster, as plain values. Empty when nobody asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gitops.cluster import Namespace


@dataclass(frozen=True, slots=True)
class Published:
    """What the registry says about an image; a text that is not empty says what is wrong.

    `missing`: it cannot be found or read at all. `closed`: not without logging in. `different`: it is not what its tag
    says. `contradicted`: an attestation says something else, or cannot be read; `attested` is false when there is none.
    """

    missing: str = ""
    closed: str = ""
    different: str = ""
    contradicted: str = ""
    attested: bool = True


@dataclass(frozen=True)
class Facts:
    """`published`: by image reference. `deployments`: by namespace and name, what each runs and how it is.
    `applications`: by name, what is wrong with it by itself."""

    published: Mapping[str, Published] = field(default_factory=dict)
    deployments: Mapping[str, Namespace] = field(default_factory=dict)
    applications: Mapping[str, str] = field(default_factory=dict)
