"""What a container is given, against what the program in its image does with it."""

from collections.abc import Iterator
from difflib import get_close_matches

from gitops.manifests.objects import Object, Objects, Workload
from gitops.manifests.program import Program, Programs, running
from gitops.manifests.rule import program_rule
from gitops.manifests.violation import Violation
from gitops.text import Text

_SIMILAR = 0.85


@program_rule(
    "error",
    why=Text(
        "What is meant to be set keeps its default, and no error is shown.",
        "設定したつもりのものが既定値のままで、エラーも出ません。",
    ),
    fix=Text(
        "Write the variable as backend/app/settings.py or frontend/nginx does, or remove it.",
        "変数名を backend/app/settings.py か frontend/nginx のとおりに書くか、削除します。",
    ),
)
def variables_are_read_by_the_application(objects: Objects, programs: Programs) -> list[Violation]:
    return [
        found
        for work, one, program in running(objects, programs)
        if program.variables
        for found in _unread(work, one, program)
    ]


@program_rule(
    "error",
    why=Text(
        "The Service sends requests to a port on which nobody listens.",
        "Service が、誰も待ち受けていないポートにリクエストを送ります。",
    ),
    fix=Text(
        "Give containerPort, EXPOSE and what the program is told one number.",
        "containerPort、EXPOSE、プログラムに渡す番号を揃えます。",
    ),
)
def container_ports_are_those_of_the_image(objects: Objects, programs: Programs) -> list[Violation]:
    return [
        Violation(
            work.reference,
            f"the image listens on {', '.join(sorted(listening))}, not on {port.get('containerPort')}",
            work.of(one, "ports", index, "containerPort"),
        )
        for work, one, program in running(objects, programs)
        if (listening := _told(one, program.port) or program.ports)
        for index, port in enumerate(one.get("ports") or ())
        if str(port.get("containerPort")) not in listening
    ]


def _unread(work: Workload, container: Object, program: Program) -> Iterator[Violation]:
    given = [variable for variable in container.get("env") or () if variable.get("name") not in program.variables]
    values = " ".join(str(variable.get("value")) for variable in container.get("env") or ())
    for name in (str(variable.get("name")) for variable in given):
        path = work.of(container, "env", name, "name")
        similar = get_close_matches(name, program.variables, n=1, cutoff=_SIMILAR)
        if f"$({name})" in values:
            continue
        if similar or (program.prefix and name.startswith(program.prefix)):
            hint = f", but {similar[0]}" if similar else ""
            yield Violation(work.reference, f"the application does not read {name}{hint}", path)
        else:
            yield Violation(work.reference, f"whether a library reads {name} is not said here", path, decided=False)


def _told(container: Object, name: str) -> set[str]:
    return {str(one["value"]) for one in container.get("env") or () if one.get("name") == name and one.get("value")}
