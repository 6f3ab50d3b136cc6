"""What a kustomization makes kustomize read. kustomize clones and fetches what looks like an address, with git, and git
runs programs that an address may name; so every path has to be a plain one that stays inside k8s/."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import yaml

from gitops import yaml_bounds
from gitops.yaml_bounds import NotYaml

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
MANIFESTS = "k8s"

# In lower case, because kustomize takes `Resources` for `resources`.
# Source: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
_FOLDERS = {"resources", "bases", "components"}
_PATHS = _FOLDERS | {"crds", "configurations", "patchesstrategicmerge"}
_PATHS_WITHIN = {
    "patches": {"path"},
    "patchesjson6902": {"path"},
    "replacements": {"path"},
    "openapi": {"path"},
    "configmapgenerator": {"files", "envs", "env"},
    "secretgenerator": {"files", "envs", "env"},
}
_PROGRAMS = {
    **dict.fromkeys(("generators", "transformers", "validators"), "a plugin may be any program"),
    **dict.fromkeys(("helmcharts", "helmglobals", "helmchartinflationgenerator"), "helm fetches charts"),
}
# github.com/… is cloned without a scheme; every other address has a colon or an @.
_PLAIN = re.compile(r"(?!github\.com/)[\w.+ -]+(/+[\w.+ -]+)*/*", re.IGNORECASE)
_TAGS = (None, "!", "tag:yaml.org,2002:str")


@dataclass(frozen=True, slots=True)
class Reference:
    """A path that a kustomization names, on a line counted from 1.

    `target`: the path from the root of the repository. `problem`: why kustomize must not follow it, or empty.
    """

    line: int
    target: str = ""
    problem: str = ""
    may_be_folder: bool = False


@lru_cache(maxsize=4096)
def references(folder: str, text: str) -> tuple[Reference, ...]:
    """All that the text of a kustomization in this folder names. Text that cannot be understood is one problem."""
    try:
        for event in yaml_bounds.events(text):
            # What kustomize decodes, as with !!binary, is not what is seen here.
            if (tag := getattr(event, "tag", None)) not in _TAGS:
                raise NotYaml(yaml_bounds.line(event), f"a kustomization needs no tags such as {tag}")
        documents = list(yaml.compose_all(text, Loader=yaml_bounds.LOADER))
    except NotYaml as error:
        return (Reference(error.line, problem=error.problem),)
    return tuple(one for document in documents for one in _of_document(folder, document))


def _of_document(folder: str, document: yaml.Node) -> Iterator[Reference]:
    for key, value in _entries(document):
        field = key.value.casefold()
        if field in _PROGRAMS:
            yield Reference(yaml_bounds.line(key), problem=f"{key.value} is refused, because {_PROGRAMS[field]}")
        for node in _scalars(value) if field in _PATHS else _scalars_within(value, _PATHS_WITHIN.get(field, set())):
            if not (field == "patchesstrategicmerge" and "\n" in node.value):  # a patch instead of a path to one
                yield _reference(folder, field, node)


def _reference(folder: str, field: str, node: yaml.ScalarNode) -> Reference:
    line, path = yaml_bounds.line(node), node.value
    if field.endswith("generator") and "=" in path:
        path = path.partition("=")[2]
    target = posixpath.normpath(posixpath.join(folder, path))
    problem = ""
    if not _PLAIN.fullmatch(path):
        problem = f"{node.value!r} is no plain relative path"
    elif target.partition("/")[0] != MANIFESTS:
        problem = f"{node.value!r} leads out of {MANIFESTS}/"
    return Reference(line, target, problem, field in _FOLDERS)


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """Every text within, whatever its shape, so that nothing is missed that kustomize might accept."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _scalars(child)
    else:
        for _, child in _entries(node):
            yield from _scalars(child)


def _scalars_within(node: yaml.Node, keys: set[str]) -> Iterator[yaml.ScalarNode]:
    """The texts under these keys of a mapping, or of each mapping in a list."""
    for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        for key, value in _entries(item):
            if key.value.casefold() in keys:
                yield from _scalars(value)


def _entries(node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """Keys and values of a mapping, and of those that it merges; none of anything else."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else []:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if key.value == "<<":
            for merged in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                yield from _entries(merged)
        else:
            yield key, value
