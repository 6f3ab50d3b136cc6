"""All that can happen to a pipeline, as values: what people push, CI builds, and deploy runs do, in any order."""

from collections.abc import Callable
from dataclasses import dataclass, field

from gitops import desired
from gitops.image_tags import tag_of
from gitops.model import Hold, Image, Relation, not_deployed

COMPONENTS = ("backend", "frontend")
Deployed = dict[str, Image]


@dataclass
class World:
    """`main` is newest first. `log` has what every commit of a deploy run left and wrote, and what was built then."""

    main: list[str] = field(default_factory=lambda: [f"{1:040x}"])
    built: dict[str, dict[str, str]] = field(default_factory=lambda: {name: {} for name in COMPONENTS})
    deployed: Deployed = field(default_factory=lambda: {name: not_deployed(name) for name in COMPONENTS})
    holds: dict[str, Hold] = field(default_factory=dict)
    log: list[tuple[Deployed, Deployed, dict[str, set[str]]]] = field(default_factory=list)

    def push(self) -> str:
        """A person's commit, which may change no component."""
        self.main.insert(0, f"{len(self.main) + 1:040x}")
        return self.main[0]

    def finish_build(self, component: str, commit: str) -> None:
        self.built[component].setdefault(commit, f"sha256:{component}-{commit}")

    def deploy(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """A deploy run, during which something else may happen; a push that was overtaken is computed again."""
        head, wanted = self.main[0], self._wanted()
        meanwhile()
        if self.main[0] != head:
            wanted = self._wanted()
        if wanted != self.deployed:
            self.log.append((self.deployed, wanted, {name: set(built) for name, built in self.built.items()}))
            self.deployed = wanted
            self.push()

    def position(self, image: Image) -> int:
        """The age of an image as a number: larger is newer, 0 was never deployed."""
        return len(self.main) - self.main.index(image.commit) if image.commit else 0

    def _wanted(self) -> Deployed:
        return {name: self._decide(name).image for name in COMPONENTS}

    def _decide(self, name: str) -> desired.Decision:
        built = self.built[name]
        commit = next(desired.built_commits(self.main, map(tag_of, built)), None)
        newest = Image(name, tag_of(commit), built[commit]) if commit else None
        current = self.deployed[name]
        relation = self._relation(current, newest) if newest and current.commit else None
        return desired.decide(current, newest, relation, self.holds.get(name))

    def _relation(self, current: Image, newest: Image) -> Relation:
        step = self.position(newest) - self.position(current)
        return "same" if step == 0 else "ahead" if step > 0 else "behind"
