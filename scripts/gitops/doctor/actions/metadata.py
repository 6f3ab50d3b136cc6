"""docker/metadata-action. Source: https://github.com/docker/metadata-action#readme"""

import re
from collections.abc import Iterator, Mapping

from gitops.doctor.actions.events import Event
from gitops.doctor.actions.values import UNKNOWN

ACTION = "docker/metadata-action"
_DEFAULT = "type=schedule\ntype=ref,event=branch\ntype=ref,event=tag\ntype=ref,event=pr"
_TEMPLATE = re.compile(r"\{\{\s*([a-z_]+)[^}]*\}\}")
_NEVER_OF_A_COMMIT = ("semver", "pep440", "match")


def outputs(inputs: Mapping[str, str], event: Event, default: str) -> dict[str, str]:
    """The names and tags that the action would give; without `images` in its inputs the tags stand alone."""
    names = [line.lower() for line in _lines(inputs.get("images", ""))]
    names = [name.removeprefix("name=").partition(",")[0] for name in names]
    tags = list(dict.fromkeys(_tags(inputs, event, default)))
    references = [f"{name}:{tag}" for name in names for tag in tags] if names else tags
    source = f"https://github.com/{event.github(default)['repository']}"
    labels = "\n".join((*_lines(inputs.get("labels", "")), f"org.opencontainers.image.source={source}"))
    return {"tags": "\n".join(references), "version": tags[0] if tags else "", "labels": labels}


def _tags(inputs: Mapping[str, str], event: Event, default: str) -> Iterator[str]:
    flavor = _settings(",".join(_lines(inputs.get("flavor", ""))))
    for line in _lines(inputs.get("tags", "")) or _DEFAULT.splitlines():
        settings = _settings(line)
        enabled = _filled(settings.get("enable", "true"), event, default)
        if enabled == "false":
            continue
        for tag, prefix in _of(settings, event, default):
            before, after = settings.get("prefix", prefix or flavor.get("prefix", "")), settings.get("suffix", "")
            after = after or flavor.get("suffix", "")
            yield UNKNOWN if UNKNOWN in enabled else _filled(f"{before}{tag}{after}", event, default)
    if flavor.get("latest") == "true":
        yield "latest"


def _of(settings: Mapping[str, str], event: Event, default: str) -> Iterator[tuple[str, str]]:
    """The tag that a line of `tags` asks for, with its usual prefix; nothing when the line is for other events."""
    kind = settings.get("type", "raw")
    if kind == "sha":
        yield event.sha[: 40 if settings.get("format") == "long" else 7], "sha-"
    elif kind == "raw":
        yield settings.get("value", ""), ""
    elif kind == "edge":
        if event.branch == settings.get("branch", default):
            yield "edge", ""
    elif kind == "ref":
        if settings.get("event") == "branch" and event.ref.startswith("refs/heads/"):
            yield re.sub(r"[^\w.-]+", "-", event.branch), ""
        elif settings.get("event") == "pr" and event.name == "pull_request":
            yield str(event.payload["number"]), "pr-"
    elif kind in _NEVER_OF_A_COMMIT and settings.get("value"):
        yield UNKNOWN, ""


def _settings(line: str) -> dict[str, str]:
    """The settings of a line such as `type=sha,format=long`; a bare word is the value of a raw tag."""
    parts = [part.strip().partition("=") for part in line.split(",")]
    return {key if sign else "value": value if sign else key for key, sign, value in parts}


def _filled(text: str, event: Event, default: str) -> str:
    known = {
        "branch": re.sub(r"[^\w.-]+", "-", event.branch),
        "sha": event.sha[:7],
        "is_default_branch": str(event.branch == default).lower(),
        "base_ref": event.base,
    }
    return _TEMPLATE.sub(lambda found: known.get(found[1], UNKNOWN), text)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
