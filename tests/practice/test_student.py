"""A student's day: an incident begins in a branch, is looked at, tried, solved and explained."""

import json
from pathlib import Path

import pytest

from tests.practice.school import Desk, new_desk, new_school

BACKEND = "k8s/base/backend.yaml"
WRONG, RIGHT = "    app.kubernetes.io/name: back-end\n", "    app.kubernetes.io/name: backend\n"
PURPOSE = "      appProtocol: http\n"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_school(tmp_path_factory.mktemp("school"), "ada")


@pytest.fixture
def desk(school: Path, tmp_path: Path) -> Desk:
    return new_desk(school, tmp_path, "ada")


@pytest.fixture
def begun(desk: Desk) -> Desk:
    assert desk.practice("start", "nobody-home", "--variant", "1").status == 0
    return desk


def test_an_incident_begins_with_the_ticket_and_the_colleagues_commit(desk: Desk) -> None:
    done = desk.practice("start", "nobody-home", "--overlay", "ada", "--variant", "1")
    assert "the list of books is empty" in done.out
    assert "git push -u origin practice/ada" in done.out
    assert desk.git("branch", "--show-current") == "practice/ada"
    log = desk.git("log", "--format=%an: %s", "origin/main..").splitlines()
    assert log == [
        "A colleague: Say which protocol the backend's port speaks",
        "A Person: Begin the incident nobody-home",
    ]
    assert WRONG in (desk.path / BACKEND).read_text()
    assert desk.git("status", "--porcelain") == ""


def test_on_ones_own_machine_kubectl_brings_the_branch_to_the_cluster(desk: Desk) -> None:
    assert "kubectl apply -k k8s/overlays/local" in desk.practice("start", "nobody-home").out


def test_the_check_says_what_users_see_and_not_the_answer(begun: Desk) -> None:
    done = begun.practice("check")
    assert done.status == 1
    assert "[services-select-one-workload]" in done.out
    assert "back-end" not in done.out
    assert "Service/backend" not in done.out


@pytest.mark.parametrize(
    ("incident", "variant", "requirement", "answer"),
    [
        ("closed-door", "3", "no-door-is-opened", "front-end"),
        ("immutable", "1", "labels-leave-selectors-alone", "kustomization.yaml"),
        ("silent-image", "1", "image-entries-match-a-container", "kustomization.yaml"),
    ],
)
def test_the_check_does_not_say_where_the_fault_is(
    desk: Desk, incident: str, variant: str, requirement: str, answer: str
) -> None:
    assert desk.practice("start", incident, "--variant", variant).status == 0
    said = desk.practice("check").out
    assert (f"[{requirement}]" in said, answer in said) == (True, False)


def test_the_working_tree_is_checked_before_anything_is_committed(begun: Desk) -> None:
    begun.edit(BACKEND, WRONG, RIGHT)
    assert begun.practice("check").status == 0
    begun.edit(BACKEND, PURPOSE, "")
    done = begun.practice("check")
    assert (done.status, "Mitigated" in done.out) == (1, True)


def test_a_revert_is_a_mitigation(begun: Desk) -> None:
    begun.git("revert", "--no-edit", "HEAD")
    assert json.loads(begun.practice("check", "--json").out)["verdict"] == "mitigated"


def test_both_languages_are_spoken(begun: Desk) -> None:
    assert "対応中です" in begun.practice("--lang", "ja", "check").out
    assert "対応中です" in begun.practice("check", LC_ALL="ja_JP.UTF-8").out
    assert "Open." in begun.practice("--lang", "en", "check", LC_ALL="ja_JP.UTF-8").out
    assert "誰もいない家" in begun.practice("--lang", "ja", "ticket").out


def test_hints_come_one_after_the_other_and_the_last_stays(begun: Desk) -> None:
    assert [begun.practice("hint").out[:8] for _ in range(4)] == ["Hint 1 o", "Hint 2 o", "Hint 3 o", "Hint 3 o"]


def test_the_story_is_told_after_solving_only(begun: Desk) -> None:
    done = begun.practice("explain")
    assert (done.status, done.out) == (2, "")
    begun.edit(BACKEND, WRONG, RIGHT)
    story = begun.practice("explain").out
    assert "Labels are the only link" in story
    assert "+    app.kubernetes.io/name: back-end" in story
    assert "https://github.com/" in story


def test_reset_brings_the_fault_back_and_keeps_the_history(begun: Desk) -> None:
    begun.edit(BACKEND, WRONG, "    app.kubernetes.io/name: nobody\n")
    tried = begun.commit("Try something")
    assert begun.practice("reset").status == 0
    assert WRONG in (begun.path / BACKEND).read_text()
    assert tried in begun.git("rev-list", "HEAD").split()


def test_the_next_one_begins_when_the_first_is_solved_on_clean_manifests(begun: Desk) -> None:
    refused = begun.practice("start", "too-much")
    assert (refused.status, "nobody-home is not solved yet" in refused.err) == (2, True)
    begun.edit(BACKEND, WRONG, RIGHT)
    unclean = begun.practice("start", "too-much", "--force")
    assert (unclean.status, BACKEND in unclean.err) == (2, True)
    begun.commit("Ask for the label that the pods have")
    assert begun.practice("start", "too-much").status == 0
    assert PURPOSE not in (begun.path / BACKEND).read_text()
    states = {line.split()[0]: line.split()[4] for line in begun.practice("list").out.splitlines()[1:]}
    assert states["nobody-home"] == "solved"
    assert states["too-much"] == "open"
    assert states["closed-door"] == "new"


def test_bisection_finds_the_commit_that_broke_it(
    desk: Desk,
) -> None:
    assert desk.practice("start", "which-of-five").status == 0
    said = desk.git("bisect", "start", "HEAD", "HEAD~5")
    while "is the first bad commit" not in said:
        said = desk.git("bisect", "bad" if desk.practice("check").status else "good")
    assert "Give a busy backend as much time as other teams give theirs" in said


@pytest.mark.parametrize("words", [("check",), ("ticket",), ("hint",), ("explain",), ("reset",)], ids=" ".join)
def test_before_any_has_begun_it_says_how_to_begin(desk: Desk, words: tuple[str, ...]) -> None:
    done = desk.practice(*words)
    assert (done.status, "gitops practice start NAME" in done.err) == (2, True)
    assert "gitops practice start 名前" in desk.practice("--lang", "ja", *words).err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("start", "nobody-hom"), "similar: nobody-home"),
        (("start", "nobody-home", "--overlay", "bob"), "There is no overlay 'bob'"),
        (("start", "nobody-home", "--variant", "9"), "the variants 1 to 3"),
    ],
)
def test_what_cannot_begin_is_refused_and_nothing_is_written(desk: Desk, words: tuple[str, ...], said: str) -> None:
    done = desk.practice(*words)
    assert (done.status, said in done.err) == (2, True)
    assert desk.git("branch", "--show-current") == "main"


def test_a_branch_that_takes_the_name_of_the_students_folder_is_named(desk: Desk) -> None:
    desk.git("branch", "practice")
    done = desk.practice("start", "nobody-home")
    assert (done.status, "A branch is called 'practice'" in done.err) == (2, True)
    assert desk.git("branch", "--show-current") == "main"


def test_incidents_of_ones_own_come_from_a_folder(desk: Desk, tmp_path: Path) -> None:
    own = tmp_path / "exam"
    own.mkdir()
    text = (Path(__file__).parents[2] / "scripts/gitops/practice/incidents/nobody-home.md").read_text(encoding="utf-8")
    (own / "exam-1.md").write_text(text, encoding="utf-8")
    assert desk.practice("start", "exam-1", "--from", str(own)).status == 0
    assert desk.practice("check", GITOPS_INCIDENTS=str(own)).status == 1
    # Once begun, an incident is found without --from.
    assert desk.practice("check").status == 1
    assert "exam-1" in desk.practice("ticket").out
    assert "exam-1 is not solved yet" in desk.practice("start", "nobody-home").err


@pytest.mark.parametrize(
    ("path", "text", "requirement"),
    [
        (
            "k8s/base/kustomization.yaml",
            "resources: ['https://example.org/x.yaml']\n",
            "kustomizations-stay-inside-k8s",
        ),
        ("k8s/base/kustomization.yaml", "generators: [plugin.yaml]\n", "kustomizations-stay-inside-k8s"),
        ("k8s/base/kustomization.yaml", "resources: [../../../../etc/passwd]\n", "kustomizations-stay-inside-k8s"),
        ("k8s/base/kustomization.yaml", "a: &a [1]\nb: [" + "*a," * 20000 + "]\n", "files-are-valid-yaml"),
        ("k8s/base/backend.yaml", "[" * 20000, "files-are-valid-yaml"),
    ],
)
def test_a_hostile_manifest_is_data_and_is_not_solved(begun: Desk, path: str, text: str, requirement: str) -> None:
    (begun.path / path).write_text(text)
    done = begun.practice("check", "--json")
    assert done.status == 1
    assert requirement in [one["requirement"] for one in done.json["failures"]]


def test_no_link_out_of_the_manifests_is_followed(begun: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("apiVersion: v1\nkind: Secret\nmetadata: {name: stolen}\n")
    (begun.path / BACKEND).unlink()
    (begun.path / BACKEND).symlink_to(tmp_path / "secret.yaml")
    done = begun.practice("check", "--json")
    assert done.status == 1
    assert "stolen" not in done.out
