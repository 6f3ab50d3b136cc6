"""A student who practises on the cluster, with the rights that `gitops student add --user` gives and no other."""

import json
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import yaml

from bootstrap.cluster import argocd
from bootstrap.cluster.programs import attempt, kubectl, output
from bootstrap.cluster.timeline import wait
from bootstrap.environment import python
from gitops.git.client import Git
from gitops.overlays.overlay_names import application
from gitops.practice import diffs
from gitops.practice.diffs import OVERLAY, Diff
from gitops.practice.incident import Incident
from gitops.practice.markers import BRANCHES
from gitops.practice.trees import Trees
from tests.cluster.evidence import is_shown
from tests.cluster.loop import CONCURRENCY, PATIENCE, PER_SECOND, Loop
from tests.containers.load import Tally, steady

USER = "{name}@example.org"
COMPONENTS = ("backend", "frontend")
BACKEND = "app.kubernetes.io/name=backend"
CROWDED = 40
"""Requests at a time to a pod that is busy."""
CROWD, RELEASES, METRICS = "crowd", "releases", "metrics"
"""What an incident needs to be seen."""
LONGEST = 8
"""Seconds to wait for an answer of the page."""
WATCHED = 30
"""Seconds after which a command with `--watch` is ended: an autoscaler decides every 15."""


@dataclass(frozen=True)
class Student:
    """A clone to practise in, and a kubectl that may do what `gitops student add --user` lets a student do."""

    loop: Loop
    name: str
    folder: Path

    @property
    def clone(self) -> Path:
        return self.folder / self.name

    @property
    def application(self) -> str:
        return application(self.name)

    @property
    def variables(self) -> dict[str, str]:
        fork = self.loop.fork.variables
        kubeconfig = {"KUBECONFIG": str(self.folder / f"{self.name}.kubeconfig")}
        return {**fork, "GITOPS_BRANCH": fork["GITOPS_DEPLOY_BRANCH"], "GITOPS_OVERLAY": self.name, **kubeconfig}

    def enter(self) -> None:
        """Clones, gets a kubectl that speaks as the user, and waits until the page is healthy."""
        output("git", "clone", "--quiet", self.loop.fork.bare, self.clone)
        config = yaml.safe_load(kubectl("config", "view", "--raw", "--minify"))
        for user in config["users"]:
            user["user"]["as"] = USER.format(name=self.name)
        Path(self.variables["KUBECONFIG"]).write_text(yaml.safe_dump(config), encoding="utf-8")
        healthy = ("Synced", "Healthy")
        wait("a healthy Application", lambda: argocd.sync(self.application)[:2] == healthy, PATIENCE)

    def practice(self, *words: str) -> subprocess.CompletedProcess[str]:
        program = python("-m", "gitops", "practice", "--lang", "en").words
        return attempt(*program, *words, folder=self.clone, variables=self.variables)

    def kubectl(self, *words: str) -> subprocess.CompletedProcess[str]:
        return attempt("kubectl", *words, folder=self.clone, variables=self.variables)

    def git(self, *words: str) -> str:
        return output("git", *words, folder=self.clone, variables=self.variables)

    def begin(self, incident: Incident, variant: int) -> None:
        """Begins an incident, even if the one before is not solved."""
        done = self.practice("start", incident.id, "--variant", str(variant + 1), "--force")
        assert done.returncode == 0, done.stderr
        # Events from before are no symptom of this fault.
        kubectl("--namespace", self.name, "delete", "events", "--all")
        self.push()

    def answer(self, changes: Sequence[Diff]) -> None:
        """Commits and pushes the class's manifests with these changes."""
        git = Git(self.clone)
        base = f"origin/{self.variables['GITOPS_BRANCH']}"
        before, there = (Trees(git).manifests(git.tree(name)) for name in (base, "HEAD"))
        wanted = diffs.apply(before, changes, self.name)
        for path in there.keys() - wanted.keys():
            (self.clone / path).unlink()
        for path, text in wanted.items():
            if there.get(path) != text:
                (self.clone / path).write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Try something")
        self.push()

    def push(self) -> None:
        """Pushes the branch, and waits until Argo CD has compared it."""
        branch, commit = f"{BRANCHES}{self.name}", self.git("rev-parse", "HEAD")
        self.git("push", "--quiet", "origin", branch)
        argocd.announce(self.loop.fork, branch, commit, ["k8s/base/backend.yaml"])
        self._wait_for_application(f"--for=jsonpath={{.status.sync.revision}}={commit}")

    def settle(self) -> None:
        """Waits until what was pushed is synced and rolled out."""
        self._wait_for_application("--for=jsonpath={.status.sync.status}=Synced")
        self._roll_out()

    def _roll_out(self) -> None:
        for component in COMPONENTS:
            where = ("--namespace", self.name, "rollout", "status", f"deployment/{component}")
            kubectl(*where, f"--timeout={PATIENCE}s")

    def _wait_for_application(self, condition: str) -> None:
        kubectl("--namespace", "argocd", "wait", f"application/{self.application}", condition, f"--timeout={PATIENCE}s")

    def check(self) -> tuple[str, frozenset[str]]:
        """The verdict of `check --live`, and the requirements that are not met."""
        done = self.practice("check", "--live", "--json")
        assert done.stdout, done.stderr
        judgement = json.loads(done.stdout)
        assert (done.returncode == 0) == (judgement["verdict"] == "solved")
        return judgement["verdict"], frozenset(failure["requirement"] for failure in judgement["failures"])

    def look(self, incident: Incident) -> str:
        """The incident's commands, each with its output in the student's namespace."""
        return "".join(map(self._run, incident.look.replace(OVERLAY, self.name).splitlines()))

    def _run(self, line: str) -> str:
        program, *rest = shlex.split(line)
        words = ("timeout", str(WATCHED), program, "--namespace", self.name, *rest)
        done = attempt(*words, folder=self.clone, variables=self.variables)
        return f"$ {line}\n{done.stdout}{done.stderr}"

    def ask(self, path: str) -> str:
        """Requests a path of the page as a visitor does, so that a failure is in the log; kubectl repeats a 503."""
        page = f"/api/v1/namespaces/{self.name}/services/frontend:http/proxy/{path}"
        return self.kubectl(f"--request-timeout={LONGEST}s", "get", "--raw", page).stdout

    def begin_until_seen(self, incident: Incident, variant: int) -> str:
        """Begins an incident, and returns the output of its commands once it shows what the incident says."""
        self.begin(incident, variant)
        if RELEASES in incident.needs:
            wait("a lost request", lambda: set(self.release().statuses) != {200}, PATIENCE)

        seen = ""

        def shown() -> bool:
            nonlocal seen
            self.ask("api/search?q=whale")
            seen = self.look(incident)
            return is_shown(incident, seen)

        with self.crowd() if CROWD in incident.needs else nullcontext():
            wait(f"«{incident.shows}»", shown, PATIENCE, lambda: seen)
        return seen

    @contextmanager
    def crowd(self) -> Iterator[None]:
        """More requests than the backend's pods can answer, sent to the pods: nginx limits what one client may
        ask, and a crowd is many clients."""
        self.settle()
        show = "--output=jsonpath={.items[*].status.podIP}"
        pods = kubectl("--namespace", self.name, "get", "pods", "--selector", BACKEND, show).split()
        with ExitStack() as stack:
            for pod in pods:
                stack.enter_context(steady(8000, "/search?q=whale", 4 * PER_SECOND, CROWDED, pod))
            yield

    def release(self) -> Tally:
        """Replaces all pods, and returns how visitors were answered meanwhile; the status 0 is no answer."""
        with self.visitors() as tally:
            kubectl("--namespace", self.name, "rollout", "restart", "deployment")
            self._roll_out()
        return tally

    @contextmanager
    def visitors(self) -> Iterator[Tally]:
        host = kubectl("--namespace", self.name, "get", "service", "frontend", "--output=jsonpath={.spec.clusterIP}")
        with steady(80, "/api/search?q=whale", PER_SECOND, CONCURRENCY, host, patient=True) as tally:
            yield tally
