"""JSON from outside is decoded where it comes in; a value of another type is reported, and ends in no traceback."""

from pathlib import Path

import pytest

from gitops import cluster, json_values
from gitops.doctor import survey
from gitops.json_values import Misshapen

NAMESPACE = '{"kind": "Namespace", "metadata": {"name": "ada"}}'
DEPLOYMENT = '"kind": "Deployment", "metadata": {"name": "backend", "namespace": "ada"}'


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "not valid JSON"), ("[" * 100_000, "not valid JSON"), ("[]", "not a JSON object")],
)
def test_anything_but_a_json_object_is_misshapen(content: str, said: str) -> None:
    with pytest.raises(Misshapen, match=said):
        json_values.parse(content)


def test_a_value_of_another_type_is_misshapen_and_a_missing_one_is_not() -> None:
    document = json_values.parse('{"text": 1, "number": "1", "null": null}')
    for read in (json_values.text, json_values.items, json_values.mapping):
        assert not read(document, "missing")
        assert not read(document, "null")
    with pytest.raises(Misshapen, match="not text at text"):
        json_values.text(document, "text")
    with pytest.raises(Misshapen, match="not a list at text"):
        json_values.items(document, "text")
    with pytest.raises(Misshapen, match="not an object at text"):
        json_values.mapping(document, "text")
    with pytest.raises(Misshapen, match="not a whole number at number"):
        json_values.whole(document, "number", default=1)
    with pytest.raises(Misshapen, match="nothing at missing"):
        json_values.required(document, "missing")


@pytest.fixture
def kubectl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kubectl that always prints what is in the file that this returns."""
    answer, program = tmp_path / "answer.json", tmp_path / "kubectl"
    program.write_text(f"#!/bin/sh\nexec cat {answer}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return answer


NO_LIST = ["", "[]", '{"items": 3}', '{"items": [3]}', '{"items": [{"metadata": {"name": 3}}]}']


@pytest.mark.parametrize("answer", [*NO_LIST, f'{{"items": [{NAMESPACE}, {{{DEPLOYMENT}, "spec": 3}}]}}'])
def test_a_cluster_whose_answers_are_not_kubernetes_is_as_none(kubectl: Path, answer: str) -> None:
    kubectl.write_text(answer)
    assert cluster.look(["ada"]) == {}


@pytest.mark.parametrize("answer", [*NO_LIST, f'{{"items": [{{{DEPLOYMENT}, "status": {{"reconciledAt": "soon"}}}}]}}'])
def test_applications_that_are_not_argo_cds_are_as_none(kubectl: Path, answer: str) -> None:
    kubectl.write_text(answer)
    assert survey.applications() == {}
