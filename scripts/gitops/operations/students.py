"""Adds what a student needs: an overlay, an Application, and a project that confines both; or takes it away."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gitops import yaml_files
from gitops.errors import BadInput, RegistryError
from gitops.git.change import Edit, Heads, Result
from gitops.git.client import Git
from gitops.model import COMPONENTS, not_deployed
from gitops.operations.commit_messages import message
from gitops.operations.context import Context
from gitops.operations.decisions import Decider, write
from gitops.operations.student_label import LABEL, is_student
from gitops.overlays import class_list, store
from gitops.overlays.overlay_names import APPLICATIONS, application, check_user
from gitops.overlays.store import OVERLAYS
from gitops.template import template

_FEW = 3


@dataclass(frozen=True, slots=True)
class Enrol:
    """Adds students, with what the next update would write; it does write that when the registry is silent now."""

    context: Context
    names: Sequence[str]
    user: str = ""

    def __call__(self, tree: Git, heads: Heads) -> Edit:
        edit = AddStudents(self.context, self.names, self.user)(tree, heads)
        reason = None
        try:
            decide = Decider(self.context, tree, heads.source, COMPONENTS if edit.touched else ())
            for overlay in store.read_each(tree.root, edit.touched):
                write(overlay, decide.overlay(overlay))
        except RegistryError as error:
            reason = f"the next update writes the images: {error.what}"
        report = [replace(result, reason=reason) if result.action == "add" else result for result in edit.report]
        return replace(edit, report=report)


@dataclass(frozen=True, slots=True)
class AddStudents:
    """Nothing is deployed yet.

    `user` is what the cluster calls a student, with {name} for the name; empty where students have no kubectl.
    """

    context: Context
    names: Sequence[str]
    user: str = ""

    def __call__(self, tree: Git, heads: Heads) -> Edit:
        class_list.check(self.names)
        check_user(self.user)
        there = set(store.names(tree.root))
        _refuse_others(tree.root, there & set(self.names))
        for name in self.names:
            for path, text in self.files(name).items():
                is_there = name in there if path in store.kustomizations(name) else (tree.root / path).exists()
                if not is_there:
                    yaml_files.replace(tree.root / path, text)
        new = [name for name in self.names if name not in there]
        report = [Result(name, "add" if name in new else "keep") for name in self.names]
        return Edit(message("Add", [], f"Add {_who(new or self.names)}"), new, report)

    def files(self, name: str) -> dict[str, str]:
        images = [
            {"component": component.image, "name": image.name, "tag": image.tag, "digest": image.digest}
            for component in COMPONENTS.values()
            for image in [not_deployed(self.context.image_name(component.name))]
        ]
        repository = self.context.repository
        values = {
            "name": name,
            "application": application(name),
            "url": repository.url,
            "revision": yaml_files.plain(self.context.followed),
            "forks": repository.forks,
            "images": images,
            "user": self.user.replace("{name}", name),
        }
        return {path: template(source).render(values) for path, source in paths(name).items()}


@dataclass(frozen=True, slots=True)
class RemoveStudents:
    """Argo CD deletes what ran when the student's Application is deleted from the cluster."""

    names: Sequence[str]

    def __call__(self, tree: Git, heads: Heads) -> Edit:
        there = set(store.names(tree.root)) & set(self.names)
        _refuse_others(tree.root, there)
        for name in there:
            shutil.rmtree(tree.root / OVERLAYS / name)
            for path in paths(name):
                yaml_files.remove(tree.root / path)
        report = [Result(name, "remove" if name in there else "keep") for name in self.names]
        return Edit(message("Remove", [], f"Remove {_who(sorted(there))}"), [], report)


def paths(name: str) -> dict[str, str]:
    """The path of each file that a student gets, with its template."""
    return {
        store.kustomizations(name)[0]: "overlay.yaml.j2",
        f"{APPLICATIONS}/{name}-application.yaml": "application.yaml.j2",
        f"{APPLICATIONS}/class/{name}.yaml": "project.yaml.j2",
    }


def _refuse_others(root: Path, names: set[str]) -> None:
    """Raises BadInput for an overlay that is no student's."""
    for name in sorted(names):
        if not is_student(root, name):
            raise BadInput(
                f"The overlay {name} is there already and is no student's: it lacks the label {LABEL}.",
                "Take another name.",
            )


def _who(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= _FEW else f"{len(names)} students"
