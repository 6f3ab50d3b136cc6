"""Findings can be read by people, by programs, by GitHub and by readers of SARIF."""

import json
from dataclasses import replace

import pytest

from gitops.doctor import formats
from gitops.doctor.all_checks import CHECKS
from gitops.doctor.check import Finding
from gitops.doctor.formats import Format
from gitops.doctor.nodes import Location

FINDING = Finding(CHECKS["image-tags-are-text"], Location("k8s/a,b:c.yaml", 7), "newTag 100% is\na number")


def test_text_says_where_what_why_and_how_to_fix_it() -> None:
    text = formats.write([FINDING], Format.TEXT)
    assert text.startswith("k8s/a,b:c.yaml:7: error: newTag 100% is\na number [image-tags-are-text]\n")
    assert FINDING.check.why.en in text
    assert FINDING.check.fix in text
    assert text.endswith("Errors: 1, warnings: 0, not decided: 0.\n")


def test_text_says_what_is_the_same_in_several_places_once() -> None:
    text = formats.write([FINDING, replace(FINDING, location=Location("k8s/d.yaml", 9))], Format.TEXT)
    assert text.count(FINDING.what) == text.count(FINDING.check.why.en) == 1
    assert "    Also: k8s/d.yaml:9\n" in text
    assert text.endswith("Errors: 2, warnings: 0, not decided: 0.\n")


def test_an_undecided_finding_is_neither_error_nor_warning_in_any_format() -> None:
    undecided = replace(FINDING, decided=False)
    assert ":7: not decided: newTag" in formats.write([undecided], Format.TEXT)
    assert json.loads(formats.write([undecided], Format.JSON))[0]["severity"] == "not decided"
    assert formats.write([undecided], Format.GITHUB).startswith("::notice ")
    (result,) = json.loads(formats.write([undecided], Format.SARIF))["runs"][0]["results"]
    assert (result["kind"], result["level"]) == ("open", "none")


@pytest.mark.parametrize(
    ("form", "text"), [(Format.TEXT, "Nothing found.\n"), (Format.JSON, "[]\n"), (Format.GITHUB, "")]
)
def test_nothing_found(form: Format, text: str) -> None:
    assert formats.write([], form) == text


def test_json_has_every_field() -> None:
    (row,) = json.loads(formats.write([FINDING], Format.JSON))
    assert (row["id"], row["severity"], row["file"], row["line"]) == (
        "image-tags-are-text",
        "error",
        "k8s/a,b:c.yaml",
        7,
    )
    assert {"what", "why", "fix"} <= row.keys()


def test_an_annotation_is_one_line_whatever_the_text() -> None:
    line = formats.write([FINDING], Format.GITHUB)
    assert line.startswith(
        "::error file=k8s/a%2Cb%3Ac.yaml,line=7,title=Image tags are text::newTag 100%25 is%0Aa number"
    )
    assert line.count("\n") == 1


def test_sarif_names_the_rule_of_each_result() -> None:
    (run,) = json.loads(formats.write([FINDING, FINDING], Format.SARIF))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["image-tags-are-text"]
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location == {"artifactLocation": {"uri": "k8s/a,b:c.yaml"}, "region": {"startLine": 7}}


def test_every_check_says_in_sentences_why_it_matters_and_how_to_fix_it() -> None:
    for check in CHECKS.values():
        assert (check.why.en[-1], check.fix[-1]) == (".", "."), check.id
        assert check.why.en in formats.explain(check)
        assert check.fix in formats.explain(check)
