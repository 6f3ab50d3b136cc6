"""What the options of the command line stand for."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gitops import change, repository
from gitops.change import Operation, Outcome, Remote
from gitops.git import Git, open_repository
from gitops.operations.context import Context
from gitops.registry import open_registry


@dataclass(frozen=True)
class Session:
    repository: str | None
    registry: str
    platforms: tuple[str, ...]
    remote: str
    branch: str
    render: bool

    @cached_property
    def git(self) -> Git:
        return open_repository(Path.cwd())

    def git_remote(self) -> Remote:
        return Remote(self.git, self.remote, self.branch)

    @cached_property
    def context(self) -> Context:
        found = repository.find(self.repository, self.git.remote_url(self.remote), os.environ)
        return Context(found, open_registry(self.registry, self.platforms))

    def close(self) -> None:
        if "context" in self.__dict__:
            self.context.registry.close()

    def commit(self, operation: Operation, *, dry_run: bool) -> Outcome:
        return change.commit(self.git_remote(), operation, rendering=self.render, dry_run=dry_run)
