"""An overlay that somebody else wrote runs nothing, reads nothing outside k8s/ and reaches nothing."""

import os
from pathlib import Path

import pytest

from gitops.deadline import Deadline
from gitops.errors import DoesNotRender
from gitops.overlays import kustomize_graph, render
from gitops.overlays.kustomize_paths import references
from gitops.overlays.store import Overlay
from tests.conftest import need
from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import OVERLAY, OWNER, Clone, copy_remote, kustomization, new_remote

OTHER = "production"
RENDERING = [
    ("doctor",),
    ("update",),
    ("rollback", "--overlay", OWNER),
    ("promote", "--from", OWNER, "--to", OTHER, "--component", "backend"),
]
OTHERS = [
    ("status",),
    ("history", "--overlay", OWNER),
    ("hold", "--overlay", OWNER, "--reason", "later"),
    ("release", "--overlay", OWNER),
    ("retarget",),
    ("student", "add", "ada"),
    ("student", "remove", "ada"),
]


def attack(mark: Path) -> str:
    """A value that makes git run a program: `--upload-pack` in the place of a revision."""
    return f"file:///etc//x?ref=--upload-pack=cp /proc/self/environ {mark} #"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory, registry: TestRegistry) -> Clone:
    """Two commits were deployed, so that there is something to go back to and to promote; a third was built."""
    clone = new_remote(tmp_path_factory.mktemp("history"), registry, (OWNER, OTHER))
    (clone.path / f"k8s/overlays/{OTHER}/gitops.yaml").write_text(f"follows: {OWNER}\n")
    for last in (False, False, True):
        clone.build("backend", clone.commit("backend"))
        assert last or clone.gitops("update").status == 0
    clone.pull()
    return clone


@pytest.fixture
def deployed(history: Clone, tmp_path: Path) -> Clone:
    """A copy of that clone, which a test may change."""
    return copy_remote(history, tmp_path)


def plant(clone: Clone, line: str, field: str = "bases") -> None:
    for overlay in (OWNER, OTHER):
        file = clone.path / kustomization(overlay)
        file.write_text(file.read_text().replace("resources:", f"{field}:\n  - {line!r}\nresources:", 1))
    clone.git("commit", "--all", "--quiet", "--message", "Add a base")
    clone.git("push", "--quiet", "origin", "HEAD:main")


@pytest.mark.parametrize("words", RENDERING, ids=" ".join)
def test_no_command_renders_what_an_overlay_names(deployed: Clone, tmp_path: Path, words: tuple[str, ...]) -> None:
    need("kustomize", "kustomize")
    plant(deployed, attack(tmp_path / "ran"), field="Resources")
    done = deployed.gitops(*words, render=True, GITHUB_TOKEN="secret")
    assert done.status == (1 if words == ("doctor",) else 30)
    assert "is no plain relative path" in done.out + done.err
    assert not (tmp_path / "ran").exists()


HOOKS = ("post-checkout", "post-index-change", "reference-transaction", "prepare-commit-msg", "post-commit", "pre-push")


@pytest.mark.parametrize("words", [*RENDERING, ("retarget",), ("student", "add", "ada")], ids=" ".join)
def test_no_command_runs_a_file_of_the_tree_or_fetches_for_it(
    deployed: Clone, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Though the person's own git would: it keeps its hooks in the tree, and has LFS."""
    mark = tmp_path / "ran"
    for hook in HOOKS:
        write(deployed.path / ".hooks" / hook, f"#!/bin/sh\necho {hook} >> {mark}\n")
        (deployed.path / ".hooks" / hook).chmod(0o755)
    write(deployed.path / ".gitattributes", "*.yaml filter=lfs\n")
    write(deployed.path / ".gitmodules", f'[submodule "x"]\n\tpath = x\n\turl = ./x\n\tupdate = !touch {mark}\n')
    deployed.git("add", "--all")
    deployed.git("commit", "--quiet", "--message", "Add files that git knows")
    deployed.git("push", "--quiet", "origin", "HEAD:main")
    for setting, value in {
        "core.hooksPath": ".hooks",
        "core.fsmonitor": f"touch {mark}; false",
        "filter.lfs.smudge": f'test "$GIT_LFS_SKIP_SMUDGE" || touch {mark}; cat',
    }.items():
        deployed.git("config", setting, value)
    mark.unlink(missing_ok=True)
    done = deployed.gitops(*words, render=True)
    assert not mark.exists(), mark.read_text()
    assert done.status in (0, 1), done.err


@pytest.mark.parametrize("words", OTHERS, ids=" ".join)
def test_no_other_command_runs_it_either(deployed: Clone, tmp_path: Path, words: tuple[str, ...]) -> None:
    plant(deployed, attack(tmp_path / "ran"))
    assert deployed.gitops(*words, render=True, GITHUB_TOKEN="secret").status == 0
    assert not (tmp_path / "ran").exists()


def test_the_doctor_names_the_line_once(deployed: Clone, tmp_path: Path) -> None:
    plant(deployed, attack(tmp_path / "ran"))
    findings = [
        finding for finding in deployed.gitops("doctor", "--format", "json").json if "inside-k8s" in finding["id"]
    ]
    lines = {
        deployed.path.joinpath(finding["file"]).read_text().splitlines()[finding["line"] - 1] for finding in findings
    }
    assert (len(findings), len(lines)) == (2, 1)
    assert "--upload-pack" in lines.pop()


@pytest.mark.parametrize(
    "text",
    [
        "resources: [https://example.org/a.yaml]",
        "resources: ['host:org/repository']",
        "resources: [git@github.com:org/repository]",
        "resources: [github.com/org/repository]",
        "resources: [GitHub.com/org/repository]",
        "resources: ['git::https://example.org/x']",
        "resources: [base?ref=v1]",
        "resources: [/etc]",
        "resources: [../../../scripts]",
        "resources: ['']",
        "resources: [!!binary aHR0cDovL3g=]",
        "resources: {a: {b: 'http://x'}}",
        "RESOURCES: ['http://x']",
        "re\u017fources: ['http://x']",
        "<<: {resources: ['http://x']}",
        "a: &a ['http://x']\nresources: *a",
        "resources: [a.yaml]\n---\nresources: ['http://x']",
        "components: ['http://x']",
        "bases: ['http://x']",
        "crds: ['http://x']",
        "configurations: ['http://x']",
        "patchesStrategicMerge: ['http://x']",
        "patches: [{path: 'http://x'}]",
        "patchesJson6902: [{path: 'http://x'}]",
        "replacements: [{path: 'http://x'}]",
        "openapi: {path: 'http://x'}",
        "configMapGenerator: [{files: ['a=http://x']}]",
        "configMapGenerator: [{envs: ['http://x']}]",
        "secretGenerator: [{env: 'http://x'}]",
        "secretGenerator: [{files: [../../../.git/config]}]",
        "generators: [plugin.yaml]",
        "transformers: [plugin.yaml]",
        "validators: [plugin.yaml]",
        "helmCharts: [{name: x}]",
        "helmChartInflationGenerator: [{chartName: x}]",
        "resources: [",
        f"resources: {'[' * 30_000}",
    ],
)
def test_a_reference_to_anything_but_a_path_inside_k8s_is_refused(text: str) -> None:
    assert [reference.problem for reference in references("k8s/overlays/x", text) if reference.problem]


def test_paths_inside_k8s_are_followed(tmp_path: Path) -> None:
    text = """\
resources: [../../base, ./namespace.yaml, "a file.yaml", ../../base/子.yaml]
components: [../../components/quota/]
patches: [{path: patch.yaml, target: {kind: Deployment}}, {patch: "- op: remove\\n  path: /spec/replicas"}]
patchesStrategicMerge: ["kind: Deployment\\nmetadata: {name: a}"]
configMapGenerator: [{name: a, files: [a.conf, key=b.conf], literals: ["a=http://b"]}]
labels: [{pairs: {a: b}, fields: [{path: spec/template, kind: Deployment}]}]
"""
    named = references("k8s/overlays/x", text)
    assert [reference.target for reference in named if reference.problem] == []
    assert {"k8s/base", "k8s/components/quota", "k8s/overlays/x/b.conf"} <= {reference.target for reference in named}


@pytest.mark.parametrize("name", ["kustomization.yaml", "kustomization.yml", "Kustomization"])
def test_a_base_is_looked_at_too_whatever_its_name(tmp_path: Path, name: str) -> None:
    write(tmp_path / "k8s/overlays/x/kustomization.yaml", "resources: [../../base]")
    write(tmp_path / "k8s/base" / name, "resources:\n  - ../overlays/x\n  - http://x")
    assert list(kustomize_graph.problems(tmp_path, "k8s/overlays/x")) == [
        f"k8s/base/{name}:3: 'http://x' is no plain relative path"
    ]


@pytest.mark.parametrize("link", ["k8s/base", "k8s/base/kustomization.yaml", "k8s/overlays/x", "k8s/base/a.yaml"])
def test_no_link_is_followed_out_of_k8s(tmp_path: Path, link: str) -> None:
    root, outside = tmp_path / "repository", tmp_path / "outside"
    write(root / "k8s/overlays/x/kustomization.yaml", "resources: [../../base]")
    write(root / "k8s/base/kustomization.yaml", "resources: [a.yaml]")
    write(root / "k8s/base/a.yaml", "")
    (root / link).rename(outside)
    (root / link).symlink_to(outside)
    problems = list(kustomize_graph.problems(root, "k8s/overlays/x"))
    assert len(problems) == 1
    assert "symbolic link that leads out of k8s/" in problems[0]


def test_a_path_behind_a_link_begins_where_the_link_leads(tmp_path: Path) -> None:
    """The path stays inside k8s/ as it is written, but not behind the link, where kustomize resolves it."""
    write(tmp_path / "k8s/overlays/x/kustomization.yaml", "resources: [link]")
    write(tmp_path / "k8s/shared/kustomization.yaml", "resources: [../../outside]")
    (tmp_path / "k8s/overlays/x/link").symlink_to("../../shared")
    assert list(kustomize_graph.problems(tmp_path, "k8s/overlays/x")) == [
        "k8s/shared/kustomization.yaml:1: '../../outside' leads out of k8s/"
    ]


def test_an_overlay_of_too_many_folders_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "k8s/overlays/x/kustomization.yaml", f"resources: {[f'r{i}' for i in range(2000)]}")
    with pytest.raises(DoesNotRender, match="k8s/overlays/x is made of more than 1000 files and folders"):
        list(kustomize_graph.problems(tmp_path, "k8s/overlays/x"))


def test_an_overlay_of_few_folders_that_name_each_other_endlessly_is_refused(tmp_path: Path) -> None:
    """Two ways lead from each folder to the next, so that kustomize would read the last one a million times."""
    for number in range(20):
        paths = f"[../r{number + 1}, ../r{number + 1}/../r{number + 1}]"
        write(tmp_path / f"k8s/r{number}/kustomization.yaml", f"resources: {paths if number < 19 else []}")
    with pytest.raises(DoesNotRender, match="k8s/r0 is made of more than 1000 files and folders"):
        list(kustomize_graph.problems(tmp_path, "k8s/r0"))


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"#" * 2_000_001, "more than 2000000 bytes"), (b"# \xff", "is not UTF-8"), (None, "is not a regular file")],
)
def test_the_doctor_names_a_kustomization_that_cannot_be_read(
    deployed: Clone, content: bytes | None, message: str
) -> None:
    file = deployed.path / kustomization("zz")
    (file if content is None else file.parent).mkdir(parents=True)
    if content is not None:
        file.write_bytes(content)
    else:
        (file / "kept").touch()
    done = deployed.gitops("doctor", "--format", "json", render=True)
    assert done.status == 1
    assert [one["file"] for one in done.json if message in one["what"]] == [kustomization("zz")]


def test_kustomize_itself_sees_no_secret_and_reaches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a path were ever missed, git would still refuse it, and there would be nothing to steal."""
    need("kustomize", "kustomize")
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    monkeypatch.setattr(kustomize_graph, "problems", lambda root, folder: iter(()))
    mark = tmp_path / "ran"
    write(tmp_path / "k8s/overlays/x/kustomization.yaml", f"resources: [{attack(mark)!r}]")
    with pytest.raises(DoesNotRender, match="not allowed"):
        render.render(Overlay(tmp_path, "x", {}, "main", {}), Deadline(60))
    assert not mark.exists()
    assert "secret" not in "".join(render._environment("/nowhere").values())


def test_a_program_that_takes_or_says_too_much_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin/kustomize"
    write(program, "#!/bin/sh\nexec cat /dev/zero\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    write(tmp_path / "k8s/overlays/x/kustomization.yaml", "resources: []")
    overlay = Overlay(tmp_path, "x", {}, "main", {})
    with pytest.raises(DoesNotRender, match="said more than 16 MiB"):
        render.render(overlay, Deadline(60))
    write(program, "#!/bin/sh\nexec sleep 60\n")
    monkeypatch.setattr(render, "_SECONDS", 0.1)
    with pytest.raises(DoesNotRender, match="did not end within"):
        render.render(overlay, Deadline(60))


def slow_objects() -> str:
    """Small to write, and slow to render: kustomize compares each object with all others."""
    return "".join(f"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a{number}}}\n" for number in range(300))


def plant_slow_overlays(clone: Clone, count: int) -> None:
    """Each has objects of its own, so that none is like another."""
    for number in range(count):
        folder = f"k8s/overlays/slow-{number}"
        text = OVERLAY.format(name=f"slow-{number}", host=clone.registry.host, owner=OWNER)
        write(clone.path / folder / "kustomization.yaml", text.replace("resources:", "resources:\n  - objects.yaml"))
        write(clone.path / folder / "objects.yaml", slow_objects())
    clone.git("add", "--all")
    clone.git("commit", "--quiet", "--message", "Add slow overlays")
    clone.git("push", "--quiet", "origin", "HEAD:main")


def test_all_overlays_together_have_a_deadline_and_what_was_not_looked_at_is_named(
    deployed: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("kustomize", "kustomize")
    plant_slow_overlays(deployed, 8)
    monkeypatch.setattr(render, "LONGEST_COMMAND", 0.05)
    before = deployed.commits()
    done = deployed.gitops("update", render=True)
    assert (done.status, deployed.commits()) == (30, before)
    assert "The overlay slow-" in done.err
    assert "was not rendered: those before it took the 0 seconds that all of a command may take together" in done.err
    done = deployed.gitops("doctor", "--format", "json", render=True)
    late = {one["file"] for one in done.json if "was not rendered" in one["what"]}
    assert done.status == 1
    assert late
    assert late <= {kustomization(f"slow-{number}") for number in range(8)}


def test_a_program_that_needs_too_much_memory_is_stopped(tmp_path: Path) -> None:
    need("kustomize", "kustomize")
    need("prlimit", "util-linux")
    lines = ["  a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"  a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    write(tmp_path / "k8s/overlays/x/kustomization.yaml", "resources: [a.yaml]")
    write(tmp_path / "k8s/overlays/x/a.yaml", "\n".join(["kind: ConfigMap", "metadata: {name: a}", "data:", *lines]))
    with pytest.raises(DoesNotRender, match="needs more than 512 MiB of memory"):
        render.render(Overlay(tmp_path, "x", {}, "main", {}), Deadline(60))


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
