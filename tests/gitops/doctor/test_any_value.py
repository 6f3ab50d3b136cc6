"""Whatever value stands in a manifest or a workflow, the doctor checks the rest, and says what it could not check."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gitops.doctor import all_checks
from gitops.doctor.all_checks import FAILED, examine
from gitops.doctor.check import Check
from gitops.doctor.checkout import Checkout, Rendered
from gitops.text import Text
from tests.gitops.doctor.repositories import OVERLAY, Edit, edited, real
from tests.gitops.support.strange import STRANGE, locations, with_value


@settings(max_examples=25)
@given(st.data())
def test_no_value_of_a_rendered_object_ends_the_examination(data: st.DataObject) -> None:
    objects = list(real().rendered["production"].objects)
    path = data.draw(st.sampled_from([location for location in locations(objects) if len(location) > 1]))
    changed = with_value(objects, path, data.draw(st.sampled_from(STRANGE)))
    examine(replace(real(), rendered={"production": Rendered(changed)}))


@settings(max_examples=25)
@given(st.data())
def test_no_line_of_a_file_ends_the_examination(data: st.DataObject) -> None:
    files = {path: text for path, text in real().files.items() if path.endswith((".yaml", ".yml"))}
    path = data.draw(st.sampled_from(sorted(files)))
    lines = files[path].splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    key, colon, _ = lines[number].partition(":")
    value = data.draw(st.sampled_from(['"5s"', '""', "[[]]", "{a: []}", "0x1", "2020-13-45", "- a", "*a", "!x y", "|"]))
    lines[number] = f"{key}{colon} {value}"
    examine(replace(real(), files={**real().files, path: "\n".join(lines)}, rendered={}))


def test_a_check_that_fails_is_named_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(checkout: Checkout) -> Iterator[Any]:
        raise ArithmeticError("5s")

    broken = Check("broken", "warning", "", Text("", ""), "", fails)
    monkeypatch.setattr(all_checks, "ALL", (broken, *all_checks.ALL))
    findings = examine(edited(Edit(OVERLAY, "images:", "commonLabels: {a: b}\nimages:")))
    assert [(finding.check, finding.what) for finding in findings if finding.check is FAILED] == [
        (FAILED, "broken failed: ArithmeticError: 5s")
    ]
    assert "labels-leave-selectors-alone" in {finding.check.id for finding in findings}
    assert FAILED.severity == "error"


def test_a_rule_that_fails_in_one_overlay_still_judges_the_others() -> None:
    broken = Rendered([{"kind": "Deployment", "spec": {"template": {"spec": {"containers": ["a"]}}}}])
    others = edited(Edit("k8s/base/backend.yaml", "revisionHistoryLimit: 3", "revisionHistoryLimit: 9"), rendering=True)
    findings = examine(replace(others, rendered={"broken": broken, **others.rendered}))
    assert any(finding.check is FAILED and "in broken" in finding.what for finding in findings)
    assert any(finding.check.id == "old-replica-sets-are-few" for finding in findings)


@pytest.mark.parametrize(("old", "new"), [("replicas: 2", 'replicas: "2"'), ("memory: 128Mi", "memory: much")])
def test_a_number_that_is_none_is_a_finding_and_ends_no_rule(old: str, new: str) -> None:
    findings = examine(edited(Edit("k8s/base/backend.yaml", old, new), rendering=True))
    assert "numbers-are-numbers" in {finding.check.id for finding in findings}
