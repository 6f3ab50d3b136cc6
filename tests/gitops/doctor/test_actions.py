"""Expressions, scripts and actions give, as data, what GitHub's runners would make of them."""

import os
import subprocess
from pathlib import Path

import pytest

from gitops.doctor.actions import metadata
from gitops.doctor.actions.events import COMMIT, pull_request, push
from gitops.doctor.actions.expressions import condition, evaluate, interpolate
from gitops.doctor.actions.shell import Shell
from gitops.doctor.actions.values import UNKNOWN, Open, Value

CONTEXTS: dict[str, Value] = {
    "github": push("main").github("main"),
    "env": {"A": "one", "EMPTY": ""},
    "steps": {"known": {"outputs": {"a-b": "x"}}, "foreign": {"outputs": Open()}},
    "vars": Open(),
}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("'it''s'", "it's"),
        ("env.A == 'ONE'", True),
        ("env.EMPTY || 'other'", "other"),
        ("github.event_name == 'push' && github.ref == 'refs/heads/main'", True),
        ("!(github.event_name != 'push')", True),
        ("1 == 1.0 && true != false", True),
        ("null == 0", True),
        ("3 > 2", True),
        ("steps.known.outputs['a-b']", "x"),
        ("steps.known.outputs.other", None),
        ("steps.missing.outputs.any", None),
        ("github.event.pull_request.base.sha", None),
        ("format('sha-{0}', github.sha)", f"sha-{COMMIT}"),
        ('contains(fromJSON(\'["push", "workflow_dispatch"]\'), github.event_name)', True),
        ("startsWith(github.ref, 'refs/heads/')", True),
        ("join(fromJSON('[\"a\", \"b\"]'), '-')", "a-b"),
        ("steps.foreign.outputs.any", UNKNOWN),
        ("vars.ANY == 'x'", UNKNOWN),
        ("vars.ANY && false", False),
        ("true || vars.ANY", True),
        ("hashFiles('**/lock')", UNKNOWN),
        ("github.repository_owner == 'somebody'", UNKNOWN),
        ("github.event.repository.full_name == github.repository", True),
        ("'unfinished", UNKNOWN),
        ("(" * 1000 + "1" + ")" * 1000, UNKNOWN),
    ],
)
def test_an_expression_has_its_value_or_is_unknown(expression: str, value: Value) -> None:
    assert evaluate(expression, CONTEXTS) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a-${{ env.A }}-${{ '}}' }}", "a-one-}}"),
        ("${{ true }}", True),
        ("${{ vars.A }}:latest", f"{UNKNOWN}:latest"),
        ("plain", "plain"),
    ],
)
def test_expressions_are_filled_into_texts(text: str, value: Value) -> None:
    assert interpolate(text, CONTEXTS) == value


@pytest.mark.parametrize(
    ("written", "passed", "value"),
    [
        ("", True, True),
        ("github.event_name == 'push'", False, False),
        ("always()", False, True),
        ("${{ always() && github.event_name == 'push' }}", False, True),
        ("failure()", True, False),
        ("vars.ANY == 'x'", True, None),
        ("vars.ANY == 'x'", False, False),
    ],
)
def test_a_condition_asks_for_success_by_itself(written: str, passed: bool, value: bool | None) -> None:
    assert condition(written, {**CONTEXTS, "success()": passed}) is value


SCRIPTS = [
    'echo "name=ghcr.io/${OWNER,,}/app" >> "$GITHUB_OUTPUT"',
    '{\n  echo "a=${SHA::7}"\n  echo b="$(echo "$OWNER" | tr \'[:upper:]\' \'[:lower:]\')" # so\n} >> "$GITHUB_OUTPUT"',
    'lower=$(tr A-Z a-z <<< "$OWNER")\nexport OTHER="x-$lower"\necho "name=$OTHER" | tee -a "$GITHUB_OUTPUT"',
    "printf 'a=%s\\n' \"${MISSING:-$SHA}\" >> $GITHUB_OUTPUT && echo 'b=$SHA' >>$GITHUB_OUTPUT",
    'echo "ref=${REF#refs/heads/}" >> $GITHUB_OUTPUT; echo "file=${FILE%.*}" >> $GITHUB_OUTPUT',
    'X="${OWNER//-/_}"; echo "x=$X\ny=`echo $SHA | cut -c1-7`" >> "$GITHUB_OUTPUT"',
    "echo 'text<<END' >> $GITHUB_OUTPUT\necho 'one' >> $GITHUB_OUTPUT\necho 'END' >> $GITHUB_OUTPUT",
    "cat <<EOF > /dev/null\n>> $GITHUB_OUTPUT ' \" unclosed\nEOF\necho done=yes >> $GITHUB_OUTPUT",
    'echo "short=$(echo ${SHA} | head -c 7)" \\\n  >> "$GITHUB_OUTPUT" 2>&1',
    'basename=$(basename "$REF"); echo "b=${basename^^}" >> "$GITHUB_OUTPUT"',
]
VARIABLES = {"OWNER": "Ada-Lovelace", "SHA": COMMIT, "REF": "refs/heads/main", "FILE": "a.b.c"}


def outputs(script: str, variables: dict[str, str]) -> str:
    return Shell({**variables, "GITHUB_OUTPUT": "/github/output"}).run(script).written("GITHUB_OUTPUT")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_writes_what_bash_writes(script: str, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], **VARIABLES, "GITHUB_OUTPUT": str(tmp_path / "out")}
    subprocess.run(["bash", "-e", "-c", script], env=environment, check=True, stdout=subprocess.DEVNULL)
    assert outputs(script, VARIABLES) == (tmp_path / "out").read_text()


@pytest.mark.parametrize(
    "script",
    [
        'echo "x=$(date)" >> "$GITHUB_OUTPUT"',
        'if [[ $REF == a ]]; then\n  echo "x=1" >> "$GITHUB_OUTPUT"\nfi',
        'for one in a b; do X=$one; done; echo "x=$X" >> "$GITHUB_OUTPUT"',
        'source settings; echo "x=$Y" >> "$GITHUB_OUTPUT"',
        'while read -r line; do :; done < file; echo "x=$line" >> "$GITHUB_OUTPUT"',
        'echo "x=$RUNNER_TEMP" >> "$GITHUB_OUTPUT"',
    ],
)
def test_a_value_that_a_script_takes_from_elsewhere_is_unknown(script: str) -> None:
    assert outputs(script, VARIABLES) == f"x={UNKNOWN}\n"


@pytest.mark.parametrize("script", ["$(" * 5000, '"$(' * 2000, "{" * 5000, "${A:-" * 3000, "x" * 100_000])
def test_a_script_that_no_shell_would_read_ends(script: str) -> None:
    Shell({}).run(script)


def test_commands_are_seen_with_their_words_and_whether_their_failure_counts() -> None:
    shell = Shell({"A": "b c"}).run('one "$A" | two\nset -o pipefail\none | two; D=e three $D')
    assert [(str(command), command.piped) for command in shell.commands if command.words[0] != "set"] == [
        ("one b c", True),
        ("two", False),
        ("one", False),
        ("two", False),
        ("three ", False),
    ]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("type=sha", f"sha-{COMMIT[:7]}"),
        ("type=sha,format=long", f"sha-{COMMIT}"),
        ("type=sha,prefix={{branch}}-,format=long", f"main-{COMMIT}"),
        ("type=ref,event=branch", "main"),
        ("type=raw,value=latest,enable={{is_default_branch}}", "latest"),
        ("type=raw,value=x,enable=false\ntype=edge", "edge"),
        ("type=semver,pattern={{version}}\n# a comment\nlatest", "latest"),
    ],
)
def test_tags_are_those_of_the_metadata_action(tags: str, expected: str) -> None:
    outputs = metadata.outputs({"images": "ghcr.io/Ada/App", "tags": tags}, push("main"), "main")
    assert outputs["tags"] == f"ghcr.io/ada/app:{expected}"


def test_a_pull_request_gets_a_tag_of_its_own() -> None:
    assert metadata.outputs({"images": "app"}, pull_request("main"), "main")["tags"] == "app:pr-7"
