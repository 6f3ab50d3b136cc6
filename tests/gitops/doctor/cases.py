"""Two repositories for each check: one with the fault, and one that looks alike but is right."""

from dataclasses import dataclass

from tests.gitops.doctor.repositories import Edit


@dataclass(frozen=True)
class Case:
    """`line` is what the reported line says. `faulty` and `alike` are edits of the real repository."""

    check: str
    line: str
    faulty: tuple[Edit, ...]
    alike: tuple[Edit, ...]
    rendering: bool = False

    def __str__(self) -> str:
        return self.check


def case(check: str, line: str, faulty: Edit | tuple[Edit, ...], alike: Edit | tuple[Edit, ...]) -> Case:
    return Case(check, line, _several(faulty), _several(alike))


def rendered_case(check: str, line: str, faulty: Edit | tuple[Edit, ...], alike: Edit | tuple[Edit, ...]) -> Case:
    """A case of a check that looks at rendered overlays."""
    return Case(check, line, _several(faulty), _several(alike), rendering=True)


def _several(edits: Edit | tuple[Edit, ...]) -> tuple[Edit, ...]:
    return (edits,) if isinstance(edits, Edit) else edits
