"""A cache of judgements in the repository's .git folder, so that a report judges only what is new."""

import hashlib
import json
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import gitops
from gitops.git.client import Git
from gitops.json_values import Misshapen, items, parse
from gitops.practice.check import Failure, Judgement
from gitops.text import Text

MOST = 20_000
LARGEST = 50_000_000
_FILE = "gitops-practice-verdicts.json"
# Not kept: kustomize may only have run out of time on a busy machine.
_UNSURE = "overlays-render"


@dataclass
class Verdicts:
    """Judgements by a key that stands for everything they depend on, read from a file if there is one."""

    file: Path | None = None
    _old: dict[str, Judgement] = field(default_factory=dict)
    _used: dict[str, Judgement] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self._used or key in self._old

    def get(self, key: str) -> Judgement | None:
        judgement = self._used.get(key) or self._old.get(key)
        if judgement:
            self._used[key] = judgement
        return judgement

    def put(self, key: str, judgement: Judgement) -> None:
        if _UNSURE not in judgement.requirements:
            self._used[key] = judgement

    def save(self) -> None:
        """Writes at most MOST judgements, dropping those that were not used first; does nothing if it cannot write."""
        if self.file is None or self._used.keys() <= self._old.keys():
            return
        unused = {key: found for key, found in self._old.items() if key not in self._used}
        kept = list({**unused, **self._used}.items())[-MOST:]
        rows = {key: list(map(_row, judgement.failures)) for key, judgement in kept}
        text = json.dumps(rows, ensure_ascii=False)
        try:
            with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=self.file.parent, delete=False) as new:
                new.write(text)
            Path(new.name).replace(self.file)
        except OSError:
            return


def kept(git: Git) -> Verdicts:
    """The judgements of earlier reports in this clone."""
    folder = git.run("rev-parse", "--path-format=absolute", "--git-common-dir").strip()
    file = Path(folder) / _FILE
    return Verdicts(file, _read(file))


def key(*parts: str) -> str:
    """A hash of everything that a judgement depends on, including the code that judges."""
    return hashlib.sha256("\0".join((_checker(), *parts)).encode()).hexdigest()


@cache
def _checker() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(gitops.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(file: Path) -> dict[str, Judgement]:
    """Empty if the file is not as `save` writes it."""
    try:
        if file.stat().st_size > LARGEST:
            return {}
        rows = parse(file.read_bytes())
        return {name: Judgement(tuple(map(_failure, items(rows, name)))) for name in rows}
    except (OSError, Misshapen):
        return {}


def _row(failure: Failure) -> list[str]:
    return [failure.requirement, failure.says.en, failure.says.ja, *failure.details]


def _failure(row: object) -> Failure:
    match row:
        case [str(name), str(en), str(ja), *details] if all(isinstance(detail, str) for detail in details):
            return Failure(name, Text(en, ja), tuple(map(str, details)))
    raise Misshapen("not a failure")
