"""Does on this machine what GitHub does after a push: build, update, announce, and wait for the pods."""

import json
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from bootstrap.cluster import argocd, images, pods
from bootstrap.cluster.fork import DEPLOYED, Fork
from bootstrap.cluster.pods import Pod
from bootstrap.cluster.programs import kubectl, output
from bootstrap.cluster.timeline import Timeline, wait
from bootstrap.processes import ROOT, say
from gitops import cluster

_LIMIT = 600


def deploy(fork: Fork, checkout: Path = ROOT, *, follow: bool = False) -> Timeline:
    """Brings what the checkout has committed to the cluster. Raises CommandError with what stops it."""
    if output("git", "status", "--porcelain", "--untracked-files=no", folder=checkout):
        say("What is not committed is not deployed")
    timeline = Timeline()
    commit = fork.push(checkout)
    timeline.done(f"pushed {commit[:7]}")
    for component in images.needed(fork):
        images.build(fork, component, commit)
        timeline.done(f"built and pushed the image of the {component}")
    before = fork.deployed()
    print(fork.gitops("update"))
    timeline.done("gitops update")
    _apply_once(fork)
    revision = fork.deployed()
    argocd.announce(fork, DEPLOYED, revision, fork.changed(before, revision))
    timeline.done("webhook")
    await_pods(fork, revision, timeline, follow=follow)
    return timeline


def await_pods(fork: Fork, revision: str, timeline: Timeline, *, follow: bool = False) -> None:
    """Notes the first answer of new pods of the backend, when all pods are new, and when Argo CD calls them healthy."""
    wanted = _wanted(fork)
    seen: dict[str, Pod] = {}
    trouble = partial(_trouble, fork)

    def look() -> list[Pod]:
        running = pods.pods(fork.overlay)
        if follow:
            _show_changes(seen, running, timeline)
        return running

    def answered() -> bool:
        look()
        return pods.page_commit(fork.overlay) == wanted["backend"]

    if not answered():
        wait("the page to answer with the new commit", answered, _LIMIT, trouble)
        timeline.done(f"first answer of {wanted['backend'][:7]}")
    wait("all pods to be new", lambda: _all_new(look(), wanted), _LIMIT, trouble)
    timeline.done("all pods are new")
    healthy = ("Synced", "Healthy", revision)
    wait("Argo CD to call it healthy", lambda: argocd.sync(fork.application) == healthy, _LIMIT, trouble)
    timeline.done("Synced and Healthy")


def _trouble(fork: Fork) -> str:
    """What stops a deploy, in the words of Argo CD and the Deployments."""
    unwell = cluster.look([fork.overlay]).get(fork.overlay, {})
    said = [argocd.trouble(fork.application)]
    said += [f"{name}: {one.trouble}." for name, one in unwell.items() if one.trouble]
    return " ".join(filter(None, said))


def _all_new(running: list[Pod], wanted: Mapping[str, str]) -> bool:
    return all(pods.current(running, component, commit) for component, commit in wanted.items())


def _wanted(fork: Fork) -> dict[str, str]:
    """The commit that git names for each component."""
    rows = json.loads(fork.gitops("status", "--overlay", fork.overlay, "--json"))
    return {row["component"]: row["commit"] for row in rows}


def _apply_once(fork: Fork) -> None:
    """Gives Argo CD the Application, as git has it."""
    if not argocd.application(fork.application):
        text = fork.read(f"k8s/argocd-applications/{fork.overlay}-application.yaml")
        # Git may name the repository on GitHub, of which this cluster has a copy.
        url = f"repoURL: {fork.endpoints.git_url}/{fork.slug}"
        kubectl("apply", "--filename", "-", feed=re.sub(r"repoURL: \S+", url, text))


def _show_changes(seen: dict[str, Pod], running: list[Pod], timeline: Timeline) -> None:
    now = {pod.name: pod for pod in running}
    for name in sorted(now.keys() | seen.keys()):
        if now.get(name) != seen.get(name):
            pod = now.get(name) or seen[name]
            timeline.note(f"{name:<28} {pod.commit[:7]:<8} {now[name].state if name in now else 'gone'}")
    seen.clear()
    seen.update(now)
