"""gitops follows no symbolic link of the repository: what it points at is neither read nor written."""

from pathlib import Path

import pytest

from tests.gitops.support.sandbox import OVERLAY, OWNER, Clone, kustomization

APPLICATIONS = "k8s/argocd-applications"
COMMANDS = [
    ("update",),
    ("status",),
    ("--repository", "somebody-else/renamed", "retarget"),
    ("student", "add", "zz", "ada"),
    ("student", "remove", "zz"),
    ("hold", "--overlay", "zz", "--reason", "later"),
    ("hold", "--overlay", OWNER, "--reason", "later"),
    ("doctor",),
]


def tree(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def outside(tmp_path: Path, clone: Clone) -> Path:
    """Targets of a link: all files that gitops edits, and a secret."""
    folder = tmp_path / "outside"
    text = OVERLAY.format(name="zz", host=clone.registry.host, owner=OWNER)
    for path, content in {
        "zz/kustomization.yaml": text,
        "zz/gitops.yaml": "follows: main\n",
        "applications/satomichi-application.yaml": clone.read(f"{APPLICATIONS}/satomichi-application.yaml"),
        "applications/secret.yaml": "password: hunter2\n",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    return folder


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("k8s/overlays/zz", "zz"),
        (APPLICATIONS, "applications"),
        (f"{APPLICATIONS}/class", "applications"),
        (kustomization(OWNER), "zz/kustomization.yaml"),
        (f"k8s/overlays/{OWNER}/gitops.yaml", "zz/gitops.yaml"),
        (f"{APPLICATIONS}/zz-application.yaml", "applications/secret.yaml"),
    ],
)
def test_no_command_follows_a_link(clone: Clone, outside: Path, link: str, target: str) -> None:
    clone.git("rm", "-r", "--quiet", "--ignore-unmatch", link)
    (clone.path / link).parent.mkdir(parents=True, exist_ok=True)
    (clone.path / link).symlink_to(outside / target)
    clone.build("backend", clone.commit("backend"))
    before = tree(outside)
    for words in COMMANDS:
        done = clone.gitops(*words)
        assert tree(outside) == before, words
        assert "hunter2" not in done.out + done.err


def test_a_student_is_removed_where_a_link_is_in_the_place_of_the_applications(clone: Clone, outside: Path) -> None:
    assert clone.gitops("student", "add", "ada").status == 0
    clone.pull()
    clone.git("rm", "-r", "--quiet", APPLICATIONS)
    (clone.path / APPLICATIONS).symlink_to(outside / "applications")
    clone.commit("backend")
    before = tree(outside)
    done = clone.gitops("student", "remove", "ada")
    assert (done.status, done.err, tree(outside)) == (0, "", before)


def test_the_doctor_names_a_link_that_leads_out(clone: Clone, outside: Path) -> None:
    (clone.path / "k8s/overlays/zz").symlink_to(outside / "zz")
    findings = [(one["id"], one["file"]) for one in clone.gitops("doctor", "--format", "json").json]
    assert ("kustomizations-stay-inside-k8s", "k8s/overlays/zz") in findings


def test_a_link_is_left_as_it_is(clone: Clone, outside: Path) -> None:
    """A link is checked out as a file that holds its target, which is no change and is not committed."""
    (clone.path / "k8s/overlays/zz").symlink_to(outside / "zz")
    clone.build("backend", clone.commit("backend"))
    assert clone.gitops("update").status == 0
    clone.git("fetch", "--quiet", "origin", "main")
    assert clone.git("ls-tree", "origin/main", "k8s/overlays/zz").startswith("120000")
