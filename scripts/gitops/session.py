"""What the options of the command line stand for."""

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from gitops.git import change, repository
from gitops.git.change import Operation, Outcome, Remote
from gitops.git.client import Git, open_repository
from gitops.operations.context import Context
from gitops.operations.deploy_branch import CatchUp
from gitops.registry import open_registry


@dataclass(frozen=True)
class Session:
    repository: str | None
    registry: str
    platforms: tuple[str, ...]
    remote: str
    branch: str | None
    deploy_branch: str | None
    render: bool

    @cached_property
    def git(self) -> Git:
        return open_repository(Path.cwd())

    @cached_property
    def source(self) -> str:
        """The branch that images are built from."""
        return self.branch or self.git.default_branch(self.remote) or "main"

    def git_remote(self) -> Remote:
        if self.deploy_branch:
            self.git.check_branch(self.deploy_branch)
        catch_up = CatchUp(self.context) if self.deploy_branch else None
        return Remote(self.git, self.remote, self.source, self.deploy_branch, catch_up)

    @cached_property
    def images(self) -> Context:
        """A context that is enough to ask for images: it does not ask the remote for its default branch."""
        ours = repository.find(self.repository, self.git.remote_url(self.remote), os.environ)
        return Context(ours, open_registry(self.registry, self.platforms))

    @cached_property
    def context(self) -> Context:
        return replace(self.images, branch=self.source, deploy_branch=self.deploy_branch)

    def close(self) -> None:
        if "images" in self.__dict__:
            self.images.registry.close()

    def commit(self, operation: Operation, *, dry_run: bool) -> Outcome:
        return change.commit(self.git_remote(), operation, rendering=self.render, dry_run=dry_run)
