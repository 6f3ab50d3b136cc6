"""What gitops infers of an overlay from one like it is what kustomize renders."""

from pathlib import Path

import pytest

from gitops.deadline import Deadline
from gitops.doctor import checkout_reader
from gitops.manifests.objects import parse
from gitops.overlays import equivalence, render
from gitops.overlays.settings import MAIN
from gitops.overlays.store import Overlay
from tests.conftest import need

OVERLAY = """\
namespace: {name}
resources: [../../base]
components: [../../components/policy]
labels:
  - pairs: {{student: {name}, group: a}}
images:
  - {{name: web, newName: example.org/web, newTag: "1"}}
patches:
  - target: {{kind: Deployment, namespace: bob}}
    patch: '[{{"op": "replace", "path": "/spec/replicas", "value": 3}}]'
"""
BASE = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: bob}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules: []
"""
POLICY = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: policy}
spec: {podSelector: {}}
"""
OTHER = POLICY.replace("policy", "other").replace("{}", "{matchLabels: {student: carol}}")
STUDENTS = ("ada", "bob", "carol", "web", "app")


def write(root: Path, **others: str) -> None:
    files = {
        "base/kustomization.yaml": "resources: [objects.yaml]\n",
        "base/objects.yaml": BASE,
        "components/policy/kustomization.yaml": (
            "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [policy.yaml]\n"
        ),
        "components/policy/policy.yaml": POLICY,
        **{f"overlays/{name}/kustomization.yaml": OVERLAY.format(name=name) for name in STUDENTS},
        **{path.replace("__", "/") + ".yaml": text for path, text in others.items()},
    }
    for path, text in files.items():
        file = root / "k8s" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def overlay(root: Path, name: str) -> Overlay:
    return Overlay(root, name, {}, MAIN, {})


def groups(root: Path) -> list[set[str]]:
    grouped = equivalence.groups(overlay(root, name) for name in STUDENTS)
    return [{member.overlay.name for member in group} for group in grouped]


def test_a_class_is_one_group_and_each_has_what_kustomize_makes_of_it(tmp_path: Path) -> None:
    need("kustomize", "kustomize")
    write(tmp_path)
    assert groups(tmp_path) == [set(STUDENTS)]
    rendered = checkout_reader.render_all(tmp_path, STUDENTS)
    for name in STUDENTS:
        assert rendered[name].objects == parse(render.render(overlay(tmp_path, name), Deadline(60)))
    # The longest is rendered, and those whose names are in it already.
    assert {name: one.like for name, one in rendered.items()} == {
        **dict.fromkeys(("ada", "bob"), "carol"),
        **dict.fromkeys(("carol", "web", "app"), ""),
    }


def test_a_namespace_that_stands_elsewhere_too_is_not_put_in_place_of_another(tmp_path: Path) -> None:
    need("kustomize", "kustomize")
    write(tmp_path, base__objects=BASE.replace("rules: []", "rules: []\n---\n" + OTHER))
    rendered = checkout_reader.render_all(tmp_path, STUDENTS)
    for name in STUDENTS:
        assert rendered[name].objects == parse(render.render(overlay(tmp_path, name), Deadline(60)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("resources: [../../base]", "resources: [../../base, ../carol]"),
        ("group: a", "group: b"),
        ('newTag: "1"', 'newTag: "2"'),
        ("replicas", "paused"),
        ("namespace: ada", "namespace: default"),
        ("labels:", "namePrefix: a-\nlabels:"),
        ("labels:", "labels: [{pairs: {who: ada}, includeTemplates: true}]\nxs:"),
        ("labels:", "configMapGenerator: [{name: a, literals: [a=b]}]\nlabels:"),
        ("images:", "images: ["),
    ],
)
def test_an_overlay_that_differs_is_rendered_on_its_own(tmp_path: Path, old: str, new: str) -> None:
    assert old in OVERLAY.format(name="ada")
    write(tmp_path, overlays__ada__kustomization=OVERLAY.format(name="ada").replace(old, new))
    assert groups(tmp_path) == [{"ada"}, set(STUDENTS) - {"ada"}]


def test_an_overlay_with_a_file_of_its_own_is_rendered_on_its_own(tmp_path: Path) -> None:
    write(tmp_path, overlays__bob__more="kind: Namespace\n")
    assert {"bob"} in groups(tmp_path)


def test_one_that_is_elsewhere_is_rendered_on_its_own(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "k8s/overlays/ada").rename(tmp_path / "ada")
    (tmp_path / "k8s/overlays/ada").symlink_to(tmp_path / "ada")
    assert {"ada"} in groups(tmp_path)
