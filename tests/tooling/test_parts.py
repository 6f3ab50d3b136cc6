"""`make test ARGS=...` makes and runs what is asked for, and nothing else."""

from bootstrap import checks


def test_without_arguments_every_test_is_run() -> None:
    names = [
        "JavaScript budget",
        "vitest",
        "pytest in the browser",
        "pytest of the containers",
        "pytest on the cluster",
        "pytest",
    ]
    assert [*checks.tests([]).commands] == names
    assert (checks.tests([]).python, checks.tests([]).page) == (True, True)


def test_a_part_makes_no_more_than_it_needs() -> None:
    """An image waits for the tests of its component."""
    assert (checks.tests(["backend"]).python, checks.tests(["backend"]).page) == (True, False)
    assert (checks.tests(["frontend"]).python, checks.tests(["frontend"]).page) == (False, True)


def test_several_parts_are_run_one_after_the_other() -> None:
    both = checks.tests(["frontend", "browser"])
    assert both.commands == {**checks.parts()["frontend"].commands, **checks.parts()["browser"].commands}
    assert (both.python, both.page) == (True, True)


def test_arguments_that_name_no_part_are_for_pytest() -> None:
    [command] = checks.tests(["tests/backend", "-x"]).commands.values()
    assert command.words[-2:] == ("tests/backend", "-x")
