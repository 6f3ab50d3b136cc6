"""Whoever writes an incident is told what is wrong with it, and that it holds when nothing is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from gitops.overlays.store import LOCAL
from gitops.practice import answers, library, proof
from gitops.practice.answers import Answer
from gitops.practice.incident import Incident
from gitops.practice.words import LANGUAGE, Language
from gitops.text import Text
from tests.gitops.support.sandbox import ROOT
from tests.practice.ground import ground
from tests.practice.school import new_desk, new_school

DOOR = library.named("closed-door", None)
ANSWERS = ROOT / "tests/practice/answers/closed-door.md"
RIGHT, *_, WRONG, OTHER_WRONG = answers.read(ANSWERS)
KANA = re.compile("[\u3041-\u30ff]")


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    token = LANGUAGE.set(language)
    yield
    LANGUAGE.reset(token)


def problems(incident: Incident, *known: Answer, refuses: str = "") -> str:
    """What is wrong with the incident, in English; as much is said in Japanese."""
    refusals = (lambda _: [refuses]) if refuses else (lambda _: [])
    english = list(proof.problems(incident, known, ground(LOCAL), refusals))
    with speaking(Language.JAPANESE):
        translated = list(proof.problems(incident, known, ground(LOCAL), refusals))
    assert len(translated) == len(english)
    assert all(KANA.search(one) for one in translated)
    return "\n".join(english)


def test_texts_that_spoil_or_differ_are_named() -> None:
    spoiling = Text("Write\n- port: 8000\n```", "こう書きます。\n- port: 8000\n```")
    told = problems(
        replace(
            DOOR,
            hints=(spoiling, *DOOR.hints[1:]),
            lesson=Text("See `kubectl`.", "見てください。"),
            log=frozenset({"oom-killed"}),
        )
    )
    assert "It needs at least 1 right answer and 2 wrong ones." in told
    assert "Hint 1 gives the fix away: port: 8000" in told
    assert "Hint 1 has something to paste." in told
    assert "do not name the same things in «See `kubectl`.…»: kubectl" in told
    assert "explain-log names upstream-refuses in what it shows, not oom-killed." in told


def test_a_variant_or_answer_that_is_judged_otherwise_than_it_says_is_named() -> None:
    [change] = DOOR.changes
    other = replace(change.faults[0], finds=frozenset({"purpose"}))
    unknown, refused_right = replace(WRONG, refused_by="nonsense"), replace(OTHER_WRONG, refused_by="")
    incident = replace(DOOR, keep=(), changes=(replace(change, faults=(other,)),))
    told = problems(incident, RIGHT, unknown, refused_right, refuses="not so")
    assert "Without the change it is solved, not mitigated: nothing" in told
    assert "Variant 1 is found by callers-reach-what-they-call, no-door-is-opened, not by purpose." in told
    assert "There is no requirement 'nonsense'." in told
    assert "it is refused by no-door-is-opened, not by nonsense." in told
    assert f"«{OTHER_WRONG.title}» is right, but it is open: no-door-is-opened" in told
    assert "The cluster refuses variant 1: not so" in told
    assert f"The cluster refuses «{RIGHT.title}»: not so" in told


def test_a_change_that_does_not_apply_is_named() -> None:
    [change] = DOOR.changes
    [purpose] = change.purpose
    incident = replace(DOOR, changes=(replace(change, purpose=(replace(purpose, old="nothing of it\n"),)),))
    assert "has this 0 times, not once" in problems(incident, RIGHT)


def test_an_author_tries_an_incident_of_their_own(tmp_path: Path) -> None:
    desk = new_desk(new_school(tmp_path / "school"), tmp_path / "desks", "ada")
    own = tmp_path / "my-door.md"
    own.write_text((library.OWN / "closed-door.md").read_text(encoding="utf-8"), encoding="utf-8")
    done = desk.practice("try", str(own), "--answers", str(ANSWERS))
    assert (done.status, done.err, done.out) == (
        0,
        "",
        f"my-door is what it says: 3 variants, {len(answers.read(ANSWERS))} answers.\n",
    )
    (tmp_path / "few.md").write_text("## Right: all of it\n", encoding="utf-8")
    done = desk.practice("--lang", "ja", "try", str(own), "--answers", str(tmp_path / "few.md"))
    assert (done.status, "間違った答えが 2 つ以上必要です" in done.err) == (1, True)
