"""Every error that a person can meet, as one tree. The exit code of each kind is stable, for scripts."""

from collections.abc import Mapping


class GitopsError(Exception):
    """What is wrong and where, then what to do, then the page to open."""

    exit_code = 1

    def __init__(self, what: str, remedy: str = "", page: str = "") -> None:
        self.what, self.remedy, self.page = what, remedy, page
        super().__init__("\n".join(part for part in (what, remedy, page) if part))


class BadInput(GitopsError):
    """An argument, a setting or a file that cannot be used."""

    exit_code = 2


class RegistryError(GitopsError):
    """The registry did not give what was asked for."""

    exit_code = 10


class NoSuchImage(RegistryError):
    """The registry says that there is no such image."""

    exit_code = 11


class NotLoggedIn(RegistryError):
    """Nobody may read this without logging in, or the credentials are not accepted."""

    exit_code = 12


class NotAllowed(RegistryError):
    """The credentials are known, but may not do this."""

    exit_code = 13


class RateLimited(RegistryError):
    """The registry asks for a longer wait than a run has."""

    exit_code = 14


class Unreachable(RegistryError):
    """No answer, or none that the registry meant to give."""

    exit_code = 15


class WrongContent(RegistryError):
    """The registry's answer is not what the address promises."""

    exit_code = 16


class GitError(GitopsError):
    """The git command failed."""

    exit_code = 20


class Diverged(GitError):
    """What is deployed is no ancestor of what should be."""

    exit_code = 21


class PushRefused(GitError):
    """The remote does not take the commit."""

    exit_code = 22


class Conflict(GitError):
    """Two people changed the same lines, and nothing says which of them is right."""

    exit_code = 23


class DoesNotRender(GitopsError):
    """kustomize refuses an overlay, or renders another image than the overlay should have."""

    exit_code = 30


class LeavesTheRepository(DoesNotRender):
    """kustomize would follow a path or an address out of k8s/, or run a program."""


class TooSlow(GitopsError):
    """All overlays together take longer to render than a command may; this one was not looked at."""

    exit_code = 30


class LeftOut(GitopsError):
    """Some overlays were left as they are, because of what is wrong with them; the others were brought up to date."""

    exit_code = 30


def left_out(faults: Mapping[str, GitopsError], *, others: bool) -> GitopsError | None:
    """The error that ends a command which left out whatever has these faults, by name; None without faults.

    Where there were no others, it is the fault itself. What several have in common is said once.
    """
    alike: dict[str, list[str]] = {}
    for name, fault in faults.items():
        alike.setdefault(str(fault), []).append(name)
    if not others and len(alike) == 1:
        return next(iter(faults.values()))
    causes = [f"{', '.join(names)}: {cause}" for cause, names in alike.items()]
    return LeftOut("\n".join(["Left as it was, while the rest was done:", *causes])) if causes else None


class Held(GitopsError):
    """A component that is held was to be moved."""

    exit_code = 31
