"""Whatever value stands in an overlay or an Application, every command ends with a message, and others go on."""

import json
from typing import Any

import pytest
import yaml

from tests.gitops.support.sandbox import OWNER, Clone, kustomization
from tests.gitops.support.strange import STRANGE, locations, with_value

APPLICATION = "k8s/argocd-applications/satomichi-application.yaml"
SETTINGS = {"follows": "main", "holds": {"backend": {"reason": "slow", "rolled-back-from": "1f2e"}}}
LABELS = [{"pairs": {"gutenberg-search/student": "ada"}}]
COMMANDS = [
    ("update", "--dry-run"),
    ("status",),
    ("--repository", "somebody-else/renamed", "retarget", "--dry-run"),
    ("student", "add", "ada", "--dry-run"),
    ("sync-upstream", "--upstream", ".", "--dry-run"),
]


@pytest.mark.parametrize("value", STRANGE[1::3], ids=repr)
def test_no_value_ends_a_command(clone: Clone, value: Any) -> None:
    """In each place of one overlay, or of one document: JSON is YAML."""
    for number, (kustomized, settings) in enumerate(_overlays(clone, value)):
        folder = (clone.path / kustomization(f"o{number}")).parent
        folder.mkdir()
        (folder / "kustomization.yaml").write_text(json.dumps(kustomized))
        (folder / "gitops.yaml").write_text(json.dumps(settings))
    application = yaml.safe_load(clone.read(APPLICATION))
    strange = [document for path in locations(application) for document in with_value([application], (0, *path), value)]
    (clone.path / APPLICATION).with_name("strange.yaml").write_text("\n---\n".join(map(json.dumps, strange)))
    clone.build("backend", clone.commit("backend"))
    for words in (*COMMANDS, *(("student", "remove", f"o{number}", "--dry-run") for number in range(3))):
        done = clone.gitops(*words)
        assert done.status in (0, 2, 30), (words, done.err)
    assert f"{OWNER} backend: deploy" in clone.gitops("update").out


def _overlays(clone: Clone, value: Any) -> list[tuple[Any, Any]]:
    """Kustomizations and settings with the value in one place."""
    kustomized = yaml.safe_load(clone.read(kustomization(OWNER))) | {"labels": LABELS}
    pairs = [(with_value([kustomized], (0, *path), value), [SETTINGS]) for path in locations(kustomized)]
    pairs += [([kustomized], with_value([SETTINGS], (0, *path), value)) for path in locations(SETTINGS)]
    return [
        (kustomizations[0] if kustomizations else {}, settings[0] if settings else {})
        for kustomizations, settings in pairs
    ]
