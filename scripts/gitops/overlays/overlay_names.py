"""Names of students and of what is made for them, by the rules of Kubernetes and of container registries."""

import re

from gitops.errors import BadInput
from gitops.model import COMPONENTS

APPLICATIONS = "k8s/argocd-applications"

# Argo CD labels every object with the Application's name, and a label has 63 characters.
_LONGEST = 63 - len("gutenberg-search-")
# A part of a repository's name, by the distribution specification of the Open Container Initiative.
_REGISTRY_PATH = re.compile(r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")

_USER = re.compile(r"(?:[\w.:/@+-]|\{name\}){0,200}", re.ASCII)

RESERVED = frozenset(
    {"applicationset", "argocd", "base", "class", "default", "local", "main", "production", *COMPONENTS}
)


def application(overlay: str) -> str:
    """The name of the Argo CD Application, and of the AppProject, of an overlay."""
    return f"gutenberg-search-{overlay}"


def overlay_of(owner: str) -> str:
    """The overlay, and namespace, of a repository's owner: the owner's name as a DNS label that has no other meaning.

    Two owners may share it, such as a_b and a-b, so only an image's name tells whose it is.
    """
    label = re.sub(r"[._]+", "-", owner.lower())
    return f"owner-{label}" if label in RESERVED else label


def check_owner(name: str) -> None:
    """Raises BadInput for an owner whom no registry, or no namespace, can be named after."""
    if not _REGISTRY_PATH.fullmatch(name.lower()):
        raise BadInput(
            f"No image can be named after the owner {name!r}: registries know a-z, 0-9, and single . _ - between them.",
            "Put the repository under an organisation with another name.",
        )
    if len(name) > _LONGEST:
        raise BadInput(f"The owner {name!r} has {len(name)} characters, and {application('')}<owner> may have 63.")


def check_user(name: str) -> None:
    """Raises BadInput unless a cluster could know a user by this name: the subject of a certificate or of a token."""
    if not _USER.fullmatch(name):
        raise BadInput(
            f"{name!r} cannot be a user's name.", "Take letters, digits and . _ : / @ + - with {name} in it."
        )


def check_student(name: str) -> None:
    """Raises BadInput when Kubernetes or a registry would refuse the name, or when it has another meaning here.

    A namespace is an RFC 1123 label; whoever is one may also be part of an image's name.
    """
    if problem := _problem(name):
        raise BadInput(f"{name!r} cannot be a student's name: {problem}", "Take 1 to 46 of a-z, 0-9 and inner hyphens.")


def _problem(name: str) -> str:
    if name != name.lower():
        return f"namespaces and image names are in lower case; {name.lower()!r} would do."
    if len(name) > _LONGEST:
        return f"it has {len(name)} characters, and {application('')}<name> may have 63."
    if not _LABEL.fullmatch(name):
        return "a namespace is a DNS label: a to z, 0 to 9, and hyphens that neither begin nor end it."
    if name in RESERVED or name.startswith("kube-"):
        return "it is reserved."
    return ""
