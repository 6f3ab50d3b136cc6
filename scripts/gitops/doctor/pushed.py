"""Which images the workflows push, and with which tags."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Place
from gitops.doctor.workflow import Job, Step

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}|\$\{([^}]*)\}|\$(\w+)")
_REFERENCE = re.compile(r"\bghcr\.io/[^\s\"'`,;@:]+")
_SHA = re.compile(r"type=sha\b[^\n]*")
METADATA = "docker/metadata-action"
# A reference ends in its tag, which may hold expressions; a line has one reference.
_TAG = re.compile(r"[\w}]:(?P<tag>(?:\$\{\{[^}]*\}\}|[\w.${}-])+)[\"']?[ \t]*$", re.MULTILINE)
_COMMIT = re.compile(r"github\.sha|GITHUB_SHA|head_sha|commit|sha", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PushedTag:
    """A tag as a pattern: whatever is filled in for a commit matches 40 hexadecimal digits."""

    place: Place
    written: str
    pattern: re.Pattern[str]


def publishing_jobs(checkout: Checkout) -> Iterator[Job]:
    return (job for workflow in checkout.workflows for job in workflow.jobs if job.publishes)


def names(checkout: Checkout) -> set[str]:
    """The last part of the name of each image that CI pushes."""
    return {
        reference.rpartition("/")[2]
        for job in publishing_jobs(checkout)
        for step in job.steps
        for reference in references(step)
    }


def references(step: Step) -> list[str]:
    """The GHCR image names in a step, with OWNER for whatever is filled in."""
    text = _EXPRESSION.sub("OWNER", f"{step.script}\n{step.node.at('with').text}\n{_values(step)}")
    return _REFERENCE.findall(text)


def tags(checkout: Checkout) -> Iterator[PushedTag]:
    """The tags that CI pushes, but for `latest`, and for what names no commit."""
    for job in publishing_jobs(checkout):
        for step in job.steps:
            if step.action == METADATA:
                yield from _tags_of_metadata(step)
            elif step.publishes:
                yield from _tags(step)


def _tags(step: Step) -> Iterator[PushedTag]:
    node = step.node.at("with", "tags") if step.action else step.node.at("run")
    for place, found in node.search(_TAG):
        if found["tag"] != "latest":
            yield PushedTag(place, found["tag"], _pattern(found["tag"]))


def _tags_of_metadata(step: Step) -> Iterator[PushedTag]:
    """Those of type=sha, by the rules of docker/metadata-action: sha- and 7 digits, unless it is told otherwise."""
    for place, found in step.node.at("with", "tags").search(_SHA):
        settings = dict(part.split("=", 1) for part in found[0].split(",") if "=" in part)
        prefix = settings.get("prefix", "sha-").replace("{{branch}}", "main")
        digits = 40 if settings.get("format") == "long" else 7
        pattern = re.compile(f"{re.escape(prefix)}[0-9a-f]{{{digits}}}")
        yield PushedTag(place, f"{prefix}<{digits} digits of the commit>", pattern)


def _pattern(tag: str) -> re.Pattern[str]:
    parts, last = [], 0
    for match in _EXPRESSION.finditer(tag):
        parts += [re.escape(tag[last : match.start()]), "[0-9a-f]{40}" if _COMMIT.search(match[0]) else ".+"]
        last = match.end()
    return re.compile("".join([*parts, re.escape(tag[last:])]))


def _values(step: Step) -> str:
    return "\n".join(str(value.value) for _, value in step.node.at("with").entries())
