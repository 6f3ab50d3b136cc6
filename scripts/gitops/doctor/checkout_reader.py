"""Reads a checkout: its files, its git remote, and what kustomize makes of its overlays."""

import os
import stat
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from pathlib import Path

from yaml import YAMLError

from gitops.deadline import Deadline
from gitops.doctor.checkout import MANIFESTS, Checkout, Rendered
from gitops.errors import BadInput, DoesNotRender, LeavesTheRepository, TooSlow
from gitops.git import repository
from gitops.git.client import Git
from gitops.git.repository import Repository
from gitops.manifests.objects import parse
from gitops.overlays import equivalence, kustomize_graph, links, render
from gitops.overlays.equivalence import Member
from gitops.overlays.settings import MAIN
from gitops.overlays.store import Overlay, names

_FOLDERS = (f"{MANIFESTS}/", ".github/", ".ci/", "scripts/", "backend/", "frontend/")
_NAMES = (
    ".yaml",
    ".yml",
    "/Kustomization",
    ".sh",
    ".py",
    ".ts",
    ".js",
    ".svelte",
    ".html",
    ".env",
    ".conf",
    ".template",
    "Dockerfile",
    "Makefile",
    ".ci/run",
)
_YAML = (".yaml", ".yml", "/Kustomization")
LARGEST, MOST_YAML, MOST = 1_000_000, 8_000_000, 50_000_000
"""Bytes of a file, of all YAML together, which takes the most memory, and of all that is read."""


def open_checkout(start: Path) -> Git:
    """The repository that holds the folder; a shallow clone will do. Raises BadInput when there is none."""
    done = Git(start).attempt("rev-parse", "--show-toplevel")
    if done.returncode != 0:
        raise BadInput(f"{start} is not in a git repository.", "Run gitops in a clone of the repository.")
    return Git(Path(done.stdout.strip()))


def read_checkout(
    git: Git,
    remote: str,
    branch: str | None,
    slug: str | None,
    *,
    rendering: bool,
    deploy_branch: str | None = None,
) -> Checkout:
    """The working tree as it is now, committed or not. Raises BadInput when kustomize is missing."""
    paths = git.run("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")[:-1]
    plain = {path for path in paths if _is_plain_file(f"{git.root}/{path}")}
    outside = {path: problem for path in paths if path not in plain and (problem := _misplaced(git.root, path))}
    there = [path for path in paths if path in plain or (path not in outside and (git.root / path).is_file())]
    files = texts(git.root, there)
    rendered = render_all(git.root, names(git.root)) if rendering else {}
    return Checkout(
        files,
        frozenset(there),
        _owner(git, remote, slug),
        _branches(git, remote, branch, deploy_branch),
        rendered,
        outside=outside,
        too_large=tuple(path for path in there if _is_wanted(path) and path not in files),
    )


def _is_plain_file(path: str) -> bool:
    """Whether it is a regular file and no link, which most are, and one call tells."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def _misplaced(root: Path, path: str) -> str:
    """What is wrong with a path of the repository that is neither file nor folder; empty for those."""
    if (root / path).is_symlink():
        return links.problem(root, path)
    return kustomize_graph.no_file(root, path)


def texts(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """The text of each file that a check may read. Raises BadInput when there is too much."""
    sizes = {path: (root / path).stat().st_size for path in paths if _is_wanted(path)}
    small = {path: size for path, size in sizes.items() if size <= LARGEST}
    yaml = sum(size for path, size in small.items() if path.endswith(_YAML))
    for size, most, what in ((yaml, MOST_YAML, "YAML"), (sum(small.values()), MOST, "text")):
        if size > most:
            raise BadInput(f"There are more than {most} bytes of {what} to examine.", "Remove what is not deployed.")
    return {path: (root / path).read_text(encoding="utf-8", errors="replace") for path in small}


def _is_wanted(path: str) -> bool:
    return path.endswith(_NAMES) and (path.startswith(_FOLDERS) or "/" not in path)


def render_all(root: Path, names: Iterable[str]) -> dict[str, Rendered]:
    overlays = [Overlay(root, name, {}, MAIN, {}) for name in names]
    groups, deadline = equivalence.groups(overlays), Deadline(render.LONGEST_COMMAND)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        firsts = pool.map(lambda group: _render(group[0].overlay, deadline), groups)
        by_name = dict(chain.from_iterable(map(_in_members, groups, firsts)))
        others = [overlay for overlay in overlays if overlay.name not in by_name]
        renderings = pool.map(lambda overlay: _render(overlay, deadline), others)
        by_name |= {overlay.name: one for overlay, one in zip(others, renderings, strict=True)}
    return {overlay.name: by_name[overlay.name] for overlay in overlays}


def _in_members(group: list[Member], rendered: Rendered) -> Iterator[tuple[str, Rendered]]:
    """The rendered objects of the first overlay, and of the others for which they follow from it."""
    name = group[0].overlay.name
    yield name, rendered
    for member in equivalence.sharing(group, rendered.objects):
        objects = equivalence.renamed(rendered.objects, group[0].namespace, member.namespace)
        error = rendered.error.replace(name, member.overlay.name)
        yield member.overlay.name, replace(rendered, objects=objects, error=error, like=name)


def _render(overlay: Overlay, deadline: Deadline) -> Rendered:
    try:
        return Rendered(parse(render.render(overlay, deadline)))
    except LeavesTheRepository as error:
        return Rendered(error=error.what, refused=True)
    except (DoesNotRender, TooSlow) as error:
        return Rendered(error=error.what)
    except (YAMLError, ValueError) as error:
        return Rendered(error=f"what kustomize makes of it is no YAML: {error}")


def _owner(git: Git, remote: str, slug: str | None) -> Repository | None:
    try:
        return repository.find(slug, git.remote_url(remote), os.environ)
    except BadInput:
        if slug:
            raise
        return None


def _branches(git: Git, remote: str, branch: str | None, deploy_branch: str | None) -> frozenset[str]:
    """The branches as of the last fetch, with those that are built and deployed, which a clone of another branch
    lacks."""
    references = git.run("for-each-ref", "--format=%(refname:lstrip=3)", f"refs/remotes/{remote}").split()
    if not references:
        return frozenset()
    built = branch or ("HEAD" if "HEAD" in references else "main")
    return frozenset({*references, built, deploy_branch or built} - {"HEAD"})
