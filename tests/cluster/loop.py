"""The loop as a test drives it: a checkout that people change, and the cluster that follows."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bootstrap.cluster import argocd, deploying, endpoints, pods
from bootstrap.cluster.fork import DEPLOYED, Fork
from bootstrap.cluster.programs import kubectl, output
from bootstrap.cluster.timeline import Timeline, wait
from bootstrap.environment import python
from bootstrap.processes import ROOT
from gitops.git.repository import Repository
from tests.containers.load import Tally, steady

# Each process of pytest has an overlay, and so a namespace, of its own.
OWNER = "-".join(filter(None, ("satomichi", os.environ.get("PYTEST_XDIST_WORKER"))))
PER_SECOND, CONCURRENCY = 50, 8
WELL = ("Synced", "Healthy")
PATIENCE = 240
"""Seconds to wait for anything in the cluster, on a busy machine."""


@dataclass
class Loop:
    fork: Fork
    checkout: Path

    @property
    def namespace(self) -> str:
        return self.fork.overlay

    @property
    def overlay(self) -> Path:
        return self.checkout / f"k8s/overlays/{self.fork.overlay}/kustomization.yaml"

    def git(self, *words: str) -> str:
        done = subprocess.run(["git", *words], cwd=self.checkout, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit(self, **texts: str) -> str:
        """A person adds a line to a file of each component, or whatever is already changed."""
        for component, text in texts.items():
            with (self.checkout / component / "note.txt").open("a") as note:
                note.write(f"{text}\n")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Change something")
        return self.git("rev-parse", "HEAD")

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.checkout / path
        text = file.read_text()
        assert old in text, f"{path} does not have: {old}"
        file.write_text(text.replace(old, new))

    def retarget(self) -> None:
        """The checkout gets the overlay of its owner, as main of a fork has it."""
        self.fork.push(self.checkout)
        on_main = {**self.fork.variables, "GITOPS_DEPLOY_BRANCH": ""}
        output(*python("-m", "gitops", "retarget").words, folder=self.fork.clone, variables=on_main)
        self.git("pull", "--quiet", "--ff-only", str(self.fork.bare), "main")

    def deploy(self) -> Timeline:
        return deploying.deploy(self.fork, self.checkout)

    def sync(self, meanwhile: Callable[[], None] = lambda: None) -> str:
        """Pushes, takes it to the branch that Argo CD follows, and waits for the sync. Returns its commit."""
        self.fork.push(self.checkout)
        self.fork.gitops("update")
        return self.follow(meanwhile)

    def follow(self, meanwhile: Callable[[], None] = lambda: None, *, healthy: bool = True) -> str:
        """Announces what is on the deploy branch, and waits until Argo CD has synced it."""
        revision = self.announce()
        meanwhile()

        def synced() -> bool:
            status, health, compared = argocd.sync(self.fork.application)
            return (status, compared) == ("Synced", revision) and (not healthy or health == "Healthy")

        wait(f"{revision[:7]} to be synced", synced, PATIENCE, lambda: argocd.trouble(self.fork.application))
        return revision

    def announce(self) -> str:
        revision = self.fork.deployed()
        self.fork.git("fetch", "--quiet", "origin", DEPLOYED)
        argocd.announce(self.fork, DEPLOYED, revision, ["k8s/base/backend.yaml"])
        return revision

    @contextmanager
    def deployed(self) -> Iterator[Path]:
        """Commits what the block writes into this folder to the branch that Argo CD follows."""
        fork = self.fork
        fork.git("fetch", "--quiet", "origin", DEPLOYED)
        fork.git("checkout", "--quiet", "--force", "--detach", "FETCH_HEAD")
        yield fork.clone
        fork.git("add", "--all")
        fork.git("-c", "user.name=A Person", "-c", "user.email=person@example.org", "commit", "--quiet", "-m", "Change")
        fork.git("push", "--quiet", "origin", f"HEAD:{DEPLOYED}")

    def poll(self) -> None:
        """Has Argo CD compare the Application as it does by itself every two to three minutes, and waits for it."""
        asked, name = "argocd.argoproj.io/refresh", self.fork.application
        kubectl("--namespace", "argocd", "annotate", "application", name, f"{asked}=normal", "--overwrite")
        wait("a comparison", lambda: asked not in argocd.application(name)["metadata"]["annotations"], PATIENCE)

    def wait_until_healthy(self) -> None:
        name = self.fork.application
        wait("health", lambda: argocd.sync(name)[:2] == WELL, PATIENCE, lambda: argocd.trouble(name))

    def kubectl(self, *words: str) -> str:
        return kubectl("--namespace", self.namespace, *words)

    def chooses(self, *components: str) -> None:
        """Edits the overlay, so that it has these components and no other."""
        before, _, rest = self.overlay.read_text().partition("\ncomponents:\n")
        after = rest[rest.index("\n# What runs.") :]
        chosen = "".join(f"  - ../../components/{name}\n" for name in components)
        self.overlay.write_text(f"{before}\ncomponents:\n{chosen}{after}" if chosen else f"{before}\n{after}")

    def pods(self, component: str) -> list[str]:
        """The names of those that are ready."""
        running = pods.pods(self.namespace)
        return [pod.name for pod in running if (pod.component, pod.state) == (component, "Ready")]

    @contextmanager
    def visitors(self, path: str = "/api/search?q=whale&limit=1", *, lost_at_most: int = 0) -> Iterator[Tally]:
        """Fifty requests a second through the whole of the block, none of which may be lost but so many."""
        host = self.kubectl("get", "service", "frontend", "--output=jsonpath={.spec.clusterIP}")
        with steady(80, path, PER_SECOND, CONCURRENCY, host, patient=True) as tally:
            yield tally
        lost = tally.statuses.total() - tally.statuses[200]
        print(f"lost {lost} of {tally.statuses.total()} requests: {dict(tally.statuses)}, {tally.again} sent again")
        assert lost <= lost_at_most, [(answer.status, answer.body[:200]) for answer in tally.failures[:5]]


@contextmanager
def running(*, crowded: bool = False) -> Iterator[Loop]:
    """A loop of its own on the cluster that the environment names, deployed and healthy. Raises CommandError.

    `crowded`: pods request a tenth of the processor time, so that those of a class fit on a small machine.
    """
    with TemporaryDirectory(prefix="gutenberg-loop-") as folder:
        checkout = Path(folder) / "checkout"
        output("git", "clone", "--quiet", "--no-hardlinks", ROOT, checkout)
        # The process's id, since a run that was killed may have left its repository.
        repository = Repository(OWNER, f"loop-{os.getpid()}", endpoints.current().git_url)
        made = Loop(Fork(endpoints.current(), repository), checkout)
        for key, value in (("name", "A Person"), ("email", "person@example.org")):
            made.git("config", f"user.{key}", value)
        made.retarget()
        if crowded:
            for component, cpu in {"backend": "200m", "frontend": "100m"}.items():
                made.edit(f"k8s/base/{component}.yaml", f"cpu: {cpu}", "cpu: 20m")
        made.commit(backend="first", frontend="first")
        try:
            made.deploy()
            yield made
        finally:
            argocd.delete(made.fork.application)
            kubectl("delete", "namespace", made.namespace, "--ignore-not-found", "--wait=false")
            shutil.rmtree(made.fork.bare, ignore_errors=True)
            shutil.rmtree(made.fork.clone, ignore_errors=True)
