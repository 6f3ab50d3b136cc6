"""Whatever happens in whatever order, the last deploy run leaves what should be there: tested on plain values."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from gitops.image_tags import tag_of
from gitops.model import Hold, Image
from tests.gitops.support.world import COMPONENTS, World

component = st.sampled_from(COMPONENTS)


class AnyOrder(RuleBasedStateMachine):
    builds = Bundle("builds")

    def __init__(self) -> None:
        super().__init__()
        self.world = World()

    @rule(target=builds, changed=st.sets(component))
    def push(self, changed: set[str]) -> object:
        commit = self.world.push()
        return multiple(*((name, commit) for name in sorted(changed)))

    @rule(build=builds)
    def build_ends(self, build: tuple[str, str]) -> None:
        """A build ends: late, out of order or repeatedly. A build that fails pushes nothing, so it is not modelled."""
        self.world.finish_build(*build)

    @rule(build=builds)
    def image_is_deleted(self, build: tuple[str, str]) -> None:
        name, commit = build
        self.world.built[name].pop(commit, None)

    @rule()
    def deploy(self) -> None:
        """A deploy run. A run that is lost does nothing, so it is not modelled."""
        self.world.deploy()

    @rule(build=builds)
    def deploy_while_a_build_ends_and_somebody_pushes(self, build: tuple[str, str]) -> None:
        def meanwhile() -> None:
            self.world.finish_build(*build)
            self.world.push()

        self.world.deploy(meanwhile)

    @rule(name=component)
    def deploy_while_somebody_holds(self, name: str) -> None:
        def hold() -> None:
            self.world.holds[name] = Hold("wait")
            self.world.push()

        before = self.world.deployed[name]
        self.world.deploy(hold)
        assert self.world.deployed[name] == before

    @rule(name=component)
    def hold(self, name: str) -> None:
        self.world.holds[name] = Hold("wait")
        self.world.push()

    @rule(name=component, data=st.data())
    def roll_back(self, name: str, data: st.DataObject) -> None:
        world = self.world
        older = [c for c in world.built[name] if world.main.index(c) > _index(world.main, world.deployed[name].commit)]
        if older:
            commit = data.draw(st.sampled_from(sorted(older)))
            world.deployed = {**world.deployed, name: Image(name, tag_of(commit), world.built[name][commit])}
            world.holds[name] = Hold("rolled back")
            world.push()

    @rule(name=component)
    def release(self, name: str) -> None:
        self.world.holds.pop(name, None)

    @invariant()
    def every_deploy_names_images_that_exist_and_steps_forward(self) -> None:
        for old, new, built in self.world.log:
            moved = [name for name in COMPONENTS if new[name] != old[name]]
            assert moved, "a commit without a change"
            for name in moved:
                assert new[name].commit in built[name]
                assert self.world.position(new[name]) > self.world.position(old[name])

    @invariant()
    def one_more_run_is_all_it_takes_and_then_there_is_nothing_to_do(self) -> None:
        before, holds = dict(self.world.deployed), dict(self.world.holds)
        world = World(list(self.world.main), self.world.built, before, holds)
        world.deploy()
        world.deploy()
        assert len(world.log) <= 1
        for name in COMPONENTS:
            if name in holds:
                assert world.deployed[name] == self.world.deployed[name]
            elif built := world.built[name]:
                newest = min(built, key=world.main.index)
                # When the images that were newer are gone, what runs stays.
                overtaken = world.main.index(newest) > _index(world.main, before[name].commit)
                expected = before[name].commit if overtaken else newest
                assert world.deployed[name].commit == expected


def _index(main: list[str], commit: str | None) -> int:
    return main.index(commit) if commit else len(main)


AnyOrder.TestCase.settings = settings(max_examples=200, stateful_step_count=40)
test_any_order = AnyOrder.TestCase
