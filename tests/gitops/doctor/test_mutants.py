"""The doctor finds every key or step that is removed from the workflows, or swapped in them; the few that it does not
find are listed, each with the reason."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from ruamel.yaml import YAML

from gitops.doctor.check import Check
from gitops.doctor.checks import builds, images, jobs, publishing, triggers, writers
from tests.gitops.doctor.repositories import BACKEND_CI, DEPLOY, FRONTEND_CI, IMAGE_CI, real

CHECKS = [
    value
    for module in (images, triggers, writers, publishing, jobs, builds)
    for value in vars(module).values()
    if isinstance(value, Check)
]

# By the path of what is deleted or swapped, and by what was there.
HARMLESS = {
    r"(.*\.)?(name|description|timeout-minutes)": "a text for people, or a bound",
    r"(.*\.)?runs-on": "actionlint reports it",
    r"on\.\w+\.inputs(\.\w+(\.(type|required|default|options.*))?)?": "actionlint reports it, or a choice is missing",
    r"permissions": "zizmor reports it; each job has its own",
    r".*\.permissions(\.contents)?=(read|{'contents': 'read'})": "anybody may read a public repository",
    r".*\.with(\.persist-credentials)?=(False|{'persist-credentials': False})": "zizmor reports it",
    r".*\.package-manager-cache": "zizmor reports it",
    r".*\.steps\.\d+(\.uses)?=.*setup-(python|node)@.*": "the runner has a Python and a Node of its own",
    r".*\.with(\.(python|node)-version)?=({'(python|node)-version.*|[\d.]+)": "the runner has a version of its own",
    r"concurrency(\.(group|queue|cancel-in-progress))?": "builds and updates look at the state, not at the event",
    r"on\.pull_request": "Checks tests pull requests; the images are only tried out",
    r"on\.workflow_dispatch": "a remedy is lost, and no push",
    r"on\.workflow_run\.(types|branches).*": "the job's own condition passes the same runs",
    r"jobs\.(scope|test|build|publish)\.if": "work in vain: a need that is skipped still skips what publishes",
    r".*\.GITOPS_BASE": "a pull request is compared with the newest image instead",
    r".*\.steps\.\d+\.if=env\.PUBLISH == 'true'": "it logs in where nothing is pushed",
    r".*\.with\.context": "the action then takes the same commit from git",
    r".*\.with\.(annotations|sbom|provenance|cache-from|cache-to)": "the image says less of itself, or takes longer",
    r".*\.steps\.\d+(\.uses)?=.*actions/attest@.*": "what is not attested is deployed too; --online warns of it",
    r".*\.steps\.\d+\.if=!github\.event\.repository\.private": "only a private repository has no attestations",
    r".*\.with\.(push-to-registry|create-storage-record)": "the attestation is stored at GitHub too",
    r"jobs\.deploy\.steps\.0\.with\.ref": "a workflow_run checks out the default branch by itself",
    r".*\.env\.GITOPS_(DEPLOY_)?BRANCH": "main is what gitops takes by itself",
}


def harmless(where: str, old: Any) -> bool:
    written = f"{where}={' '.join(str(old).split())}"
    return any(re.fullmatch(f"{pattern}(=.*)?", written) for pattern in HARMLESS)


def locations(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*at, key)
        yield from locations(value[key], (*at, key))


def mutants(text: str) -> Iterator[tuple[str, Any, str]]:
    """Copies with one key or element less, or with the other component's name: where, what was there, and the text."""
    yaml = YAML()
    yaml.width = 4096
    document = yaml.load(text)
    for location in locations(document):
        for new in (None, _swapped(_at(document, location))):
            mutant = deepcopy(document)
            holder, old = _at(mutant, location[:-1]), _at(mutant, location)
            if new is None:
                del holder[location[-1]]
            elif new != old:
                holder[location[-1]] = new
            else:
                continue
            written = StringIO()
            yaml.dump(mutant, written)
            yield ".".join(map(str, location)), old, written.getvalue()


def _at(value: Any, location: tuple[Any, ...]) -> Any:
    for key in location:
        value = value[key]
    return value


def _swapped(value: Any) -> Any:
    other = {"backend": "frontend", "frontend": "backend"}
    return re.sub("backend|frontend", lambda found: other[found[0]], value) if isinstance(value, str) else value


@pytest.mark.timeout(600)
@pytest.mark.parametrize("path", [IMAGE_CI, BACKEND_CI, FRONTEND_CI, DEPLOY])
def test_a_part_of_the_chain_that_is_missing_or_wrong_is_found(path: str) -> None:
    unseen = []
    for where, old, text in mutants(real().files[path]):
        changed = replace(real(), files={**real().files, path: text})
        if not harmless(where, old) and not any(list(check.find(changed)) for check in CHECKS):
            unseen.append((where, old))
    assert unseen == []


def test_every_reason_is_of_some_mutant() -> None:
    """A pattern that no mutant needs any more could hide other mutants."""
    written = [
        f"{where}={' '.join(str(old).split())}"
        for path in (IMAGE_CI, BACKEND_CI, FRONTEND_CI, DEPLOY)
        for where, old, _ in mutants(real().files[path])
    ]
    assert [one for one in HARMLESS if not any(re.fullmatch(f"{one}(=.*)?", text) for text in written)] == []
