"""Students' branches in forks: fetched beside the class's own, each fork for itself."""

import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from gitops import processes
from gitops.errors import BadInput, GitError
from gitops.git.client import Git
from gitops.git.repository import from_url
from gitops.practice.markers import BRANCHES
from gitops.practice.words import said
from gitops.printable import line
from gitops.processes import MEBIBYTE
from gitops.text import Text

MOST = 200
"""Forks, and branches of one fork."""
_SECONDS = 60
# The largest pack, where the system can limit the size of a file.
_LIMIT = ("prlimit", f"--fsize={200 * MEBIBYTE}")
_AT_ONCE = 4
_REFS = "refs/practice-forks"
# Other protocols, such as ext::, run programs.
_PROTOCOLS = "https:http:ssh:git:file"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")

_NOT_FETCHED = Text(
    "{address} is left as it was fetched last: {why}", "{address} は、前に取得した状態のままです：{why}"
)
_TOO_MANY = Text("There are {count} forks, more than {most}.", "フォークが {count} 個あり、{most} 個を超えています。")
_SPLIT = Text("Report on one class at a time.", "1 クラスずつ報告してください。")


def addresses(words: Iterable[str]) -> list[str]:
    """Each word is an address, or a file with one in each line; what follows `#` is a remark."""
    listed: list[str] = []
    for word in words:
        file = Path(word)
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if file.is_file() else [word]
        listed += [address for text in lines if (address := re.sub(r"(^|\s)#.*", "", text).strip())]
    if len(listed) > MOST:
        raise BadInput(said(_TOO_MANY, count=len(listed), most=MOST), said(_SPLIT))
    return list(dict.fromkeys(listed))


def fetch(git: Git, forks: Sequence[str]) -> list[str]:
    """Fetches the students' branches of each fork. What is wrong with some, a sentence each: that stops no other."""
    environment = {**git.environment, "GIT_ALLOW_PROTOCOL": _PROTOCOLS}
    within = _LIMIT if processes.works(_LIMIT) else ()
    bounded = replace(git, environment=environment, seconds=_SECONDS, within=within)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        faults = list(pool.map(lambda address: _fetch(bounded, address), forks))
    pairs = zip(forks, faults, strict=True)
    return [said(_NOT_FETCHED, address=line(address), why=line(fault)) for address, fault in pairs if fault]


def branches(git: Git, forks: Sequence[str]) -> dict[str, str]:
    """The students' branches as last fetched from the forks, by student; by owner and student where these differ."""
    heads: dict[str, str] = {}
    for address in forks:
        prefix, owner = f"{_REFS}/{_folder(address)}/", _owner(address)
        for reference in git.run("for-each-ref", f"--count={MOST}", "--format=%(refname)", prefix).split():
            name = reference.removeprefix(prefix)
            heads[name if name == owner else f"{owner}/{name}"] = reference
    return heads


def _fetch(git: Git, address: str) -> str:
    """What git says is wrong; empty when nothing is."""
    branches = f"+refs/heads/{BRANCHES}*:{_REFS}/{_folder(address)}/*"
    how = ("--quiet", "--no-tags", "--prune", "--no-write-fetch-head", "--no-recurse-submodules")
    try:
        git.run("fetch", *how, "--", address, branches)
    except GitError as error:
        return error.what
    return ""


def _owner(address: str) -> str:
    repository = from_url(address)
    return repository.owner.lower() if repository else Path(address).name.removesuffix(".git")


def _folder(address: str) -> str:
    """A name for git that holds no password."""
    shown = re.sub(r"(?<=://)[^/\s]*@", "", address)
    return f"{_UNSAFE.sub('-', shown).strip('-.')}.fork"
