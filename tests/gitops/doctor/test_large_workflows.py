"""Workflows from outside are followed within a bound, and what is beyond it hides nothing else."""

import pytest

from gitops.doctor.actions.sample import MOST_STEPS, Sample
from gitops.doctor.all_checks import examine
from gitops.doctor.nodes import Node, parse
from gitops.doctor.workflow import Workflow
from tests.gitops.doctor.repositories import BACKEND_CI, DEPLOY, Edit, edited

LARGE = ".github/workflows/large.yml"
JOB = "  {name}:\n    runs-on: ubuntu-24.04\n    steps:\n"
STEP = "      - run: docker push ghcr.io/somebody/large:latest\n"
CALL = "  {name}:\n    uses: ./.github/workflows/{called}.yml\n"


def workflow(name: str, jobs: str) -> Workflow:
    documents = parse(f".github/workflows/{name}.yml", f"on: [push, workflow_call]\njobs:\n{jobs}")
    assert isinstance(documents, list)
    (document,) = documents
    assert isinstance(document, Node)
    return Workflow(document)


def calling(name: str, called: str, times: int) -> Workflow:
    return workflow(name, "".join(CALL.format(name=f"{name}{number}", called=called) for number in range(times)))


def paths(workflows: list[Workflow]) -> list[str]:
    return [one.location.path.rpartition("/")[2].removesuffix(".yml") for one in workflows]


def test_the_largest_are_left_out_and_the_others_are_followed() -> None:
    sizes = {"large": MOST_STEPS, "small": 1, "medium": MOST_STEPS // 2}
    sample = Sample([workflow(name, JOB.format(name="a") + STEP * size) for name, size in sizes.items()], "main")
    assert (paths(sample.followed), paths(sample.left_out)) == (["small", "medium"], ["large"])
    assert sample.opaque
    assert paths([run.workflow for run in sample.pushed]) == ["small", "medium"]


def test_a_matrix_repeats_its_steps() -> None:
    matrix = "    strategy:\n      matrix:\n" + "".join(
        f"        axis{n}: [1, 2, 3, 4, 5, 6, 7, 8]\n" for n in range(9)
    )
    jobs = JOB.format(name="a") + STEP * (MOST_STEPS // 10) + matrix
    assert paths(Sample([workflow("large", jobs)], "main").left_out) == ["large"]


def test_calls_repeat_the_workflow_that_they_call() -> None:
    chain = [calling(f"w{depth}", f"w{depth + 1}", 20) for depth in range(4)]
    sample = Sample([*chain, workflow("w4", JOB.format(name="a") + STEP)], "main")
    assert (paths(sample.followed), paths(sample.left_out)) == (["w3", "w4"], ["w0", "w1", "w2"])


def test_workflows_that_call_each_other_endlessly_come_to_an_end() -> None:
    sample = Sample([calling("one", "other", 10), calling("other", "one", 10)], "main")
    assert paths(sample.left_out) == ["one", "other"]


@pytest.mark.parametrize("steps", [10, 14_000])
def test_a_fault_is_found_beside_a_workflow_of_any_size(steps: int) -> None:
    large = f"name: Large\non: push\njobs:\n{JOB.format(name='a')}{STEP * steps}"
    fault = Edit(DEPLOY, "[Backend CI/CD, Frontend CI/CD]", "[Backend CI/CD]")
    verdicts = {one.check.id: one.verdict for one in examine(edited(Edit(LARGE, "", large), fault))}
    is_left_out = steps > MOST_STEPS
    assert verdicts["deploys-follow-every-build"] == ("not decided" if is_left_out else "error")
    assert ("workflows-are-short-enough-to-be-followed" in verdicts) == is_left_out


def test_each_of_many_images_and_tests_is_judged() -> None:
    """An image that does not wait for its tests is found without a run for each pair."""
    job = "  {name}:\n    runs-on: ubuntu-24.04\n    steps: [{{run: '{script}'}}]\n"
    tag = "docker push ghcr.io/satomichi/k8s-practice-backend:sha-$GITHUB_SHA"
    jobs = [job.format(name=f"t{n}", script="pytest backend") for n in range(100)]
    jobs += [job.format(name=f"p{n}", script=tag) for n in range(100)]
    findings = examine(
        edited(Edit(LARGE, "", f"name: Large\non: push\njobs:\n{''.join(jobs)}"), Edit(BACKEND_CI, "", ""))
    )
    untested = [one for one in findings if one.check.id == "images-are-tested-before-they-get-their-tag"]
    assert len(untested) >= 100
