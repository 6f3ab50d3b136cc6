"""What a push or a fetch that failed means, from what git and the remote say."""

import re

from gitops.errors import GitError, PushRefused
from gitops.git.repository import from_url

# Another push came first: seen before sending, while the remote locked the branch, or between the two.
_OVERTAKEN = (
    "(fetch first)",
    "(non-fast-forward)",
    "cannot lock ref",
    "failed to update ref",
    "incorrect old value",
    "(stale info)",
)

_PROTECTED = (
    "If the branch is protected, let gitops push to another, which it makes and Argo CD follows: name it with "
    "--deploy-branch, and in the variable GITOPS_DEPLOY_BRANCH (Settings → Secrets and variables → Actions)."
)
_REMEDIES = {
    "refusing to allow": "Workflows need a token that may push them: run this in a clone, with a person's login.",
    "GH006": _PROTECTED,
    "GH013": _PROTECTED,
    "pre-receive hook declined": _PROTECTED,
    "Permission to": "The token may not write: the job needs `permissions: contents: write`.",
    "error: 403": "The token may not write: the job needs `permissions: contents: write`.",
    "Authentication failed": "Log in to the remote (`gh auth login`), or set GITHUB_TOKEN.",
    "could not read Username": "Log in to the remote (`gh auth login`), or set GITHUB_TOKEN.",
    "Could not resolve host": "The remote cannot be reached: check the network and `git remote -v`.",
    "find remote ref": "Name the branch that is deployed with --branch.",
    "does not appear to be a git repository": "`git remote -v` lists the remotes; name one with --remote.",
}


def overtaken(output: str) -> bool:
    return any(phrase in output for phrase in _OVERTAKEN)


def refused(output: str, branch: str) -> PushRefused:
    return PushRefused(f"The commit could not be pushed to {branch}: {output.strip()}", _remedy(output))


def not_fetched(output: str, remote: str, branch: str) -> GitError:
    return GitError(f"{branch} could not be fetched from {remote}: {output.strip()}", _remedy(output))


def moved(output: str, remote: str, url: str) -> GitError | None:
    """The error that the repository has been renamed, which the manifests must follow; None when it has not been."""
    redirected = re.search(r"^warning: redirecting to (\S+?)/?$", output, re.MULTILINE)
    if redirected is None or from_url(redirected[1]) == from_url(url):
        return None
    return GitError(f"{url} is {redirected[1]} by now.", f"Run `git remote set-url {remote} {redirected[1]}`.")


def _remedy(output: str) -> str:
    return next((remedy for phrase, remedy in _REMEDIES.items() if phrase in output), "Nothing was changed.")
