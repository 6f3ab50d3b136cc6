"""The environment variables of a pod's containers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gitops.manifests.objects import Object, Objects, Path, Workload, at, named, namespace, reference

# Source: https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
_REFERENCE = re.compile(r"\$\$|\$\((\w+)\)")
# Kubernetes sets these for each Service; their values are written nowhere.
_OF_A_SERVICE = re.compile(r"\w+_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT(_\w+)?)")


@dataclass(frozen=True)
class Variable:
    """`value` as the program gets it; None when the objects do not tell.

    `where` and `path` lead to what sets it: the workload, or a ConfigMap.
    """

    name: str
    value: str | None
    where: str
    path: Path


def environment(objects: Objects, work: Workload, container: Object) -> list[Variable]:
    """The variables of a container; of those with one name the last counts."""
    known = {variable.name: variable for variable in _from_config_maps(objects, container)}
    for variable in container.get("env") or ():
        name = str(variable.get("name"))
        path = work.of(container, "env", name)
        known[name] = _from_key(objects, variable) or Variable(
            name, _value(work, variable, known), work.reference, (*path, *(("value",) if "value" in variable else ()))
        )
    return list(known.values())


def used_too_early(container: Object) -> Iterator[tuple[str, str]]:
    """The names of variables, each with one that it refers to and that only comes after it."""
    variables = container.get("env") or ()
    names = [str(variable.get("name")) for variable in variables]
    for index, variable in enumerate(variables):
        for name in _references(str(variable.get("value") or "")):
            if name in names[index:] and name not in names[:index]:
                yield names[index], name


def _references(text: str) -> list[str]:
    """The names of the variables that a text refers to as Kubernetes does: $(NAME), and not $$(NAME)."""
    return [found[1] for found in _REFERENCE.finditer(text) if found[1]]


def _from_config_maps(objects: Objects, container: Object) -> Iterator[Variable]:
    for source in container.get("envFrom") or ():
        if config := named(objects, "ConfigMap", str(at(source, "configMapRef", "name"))):
            for key, value in at(config, "data", default={}).items():
                yield Variable(f"{source.get('prefix', '')}{key}", str(value), reference(config), ("data", key))


def _from_key(objects: Objects, variable: Object) -> Variable | None:
    wanted = at(variable, "valueFrom", "configMapKeyRef", default={})
    config, key = named(objects, "ConfigMap", str(wanted.get("name"))), str(wanted.get("key"))
    value = at(config, "data", key)
    if config is None or value is None:
        return None
    return Variable(str(variable.get("name")), str(value), reference(config), ("data", key))


def _value(work: Workload, variable: Object, known: Mapping[str, Variable]) -> str | None:
    if at(variable, "valueFrom", "fieldRef", "fieldPath") == "metadata.namespace":
        return namespace(work.object) or "default"
    return None if "valueFrom" in variable else _filled(str(variable.get("value") or ""), known)


def _filled(text: str, known: Mapping[str, Variable]) -> str | None:
    """The value with references to earlier variables filled in; Kubernetes leaves a reference to any other as it is."""
    named_there = _references(text)
    if any(known[name].value is None for name in named_there if name in known):
        return None
    if any(_OF_A_SERVICE.fullmatch(name) for name in named_there if name not in known):
        return None
    return _REFERENCE.sub(lambda found: _replacement(found, known), text)


def _replacement(reference: re.Match[str], known: Mapping[str, Variable]) -> str:
    if reference[1] is None:
        return "$"
    return str(known[reference[1]].value) if reference[1] in known else reference[0]
