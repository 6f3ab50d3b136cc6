"""What a container is given, against what the program in its image does with it."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import PurePosixPath

from gitops.manifests.environment import environment
from gitops.manifests.objects import Object, Objects, Workload, at
from gitops.manifests.program import Program, Programs, running
from gitops.manifests.rule import program_rule
from gitops.manifests.violation import Violation
from gitops.text import Text

_SIMILAR = 0.85
_READ_ONLY = {"configMap", "downwardAPI", "image", "projected", "secret"}


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
        violation
        for work, container, program in running(objects, programs)
        if program.variables
        for violation in _unread(work, container, program)
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
            work.of(container, "ports", index, "containerPort"),
        )
        for work, container, program in running(objects, programs)
        if (listening := _told(container, program.port) or program.ports)
        for index, port in enumerate(container.get("ports") or ())
        if str(port.get("containerPort")) not in listening
    ]


@program_rule(
    "error",
    why=Text(
        "The program refuses a value and ends at once, again and again (CrashLoopBackOff); its log says which value.",
        "プログラムは値を受け付けずにすぐ終了し、それを繰り返します（CrashLoopBackOff）。どの値かはログに出ます。",
    ),
    fix=Text(
        "Write a value that backend/app/settings.py or frontend/nginx/check-settings.sh accepts.",
        "backend/app/settings.py か frontend/nginx/check-settings.sh の受け付ける値を書きます。",
    ),
)
def settings_are_understood(objects: Objects, programs: Programs) -> list[Violation]:
    return [
        Violation(variable.where, f"{variable.name} is {variable.value}, but must be {wanted}", variable.path)
        for work, container, program in running(objects, programs)
        for variable in environment(objects, work, container)
        if variable.value and variable.name in program.settings
        if (wanted := program.settings[variable.name].problem(variable.value))
    ]


@program_rule(
    "error",
    why=Text(
        "The program cannot write what it has to, and ends at once (CrashLoopBackOff): Read-only file system.",
        "プログラムは必要なものを書き込めず、すぐ終了します（CrashLoopBackOff、Read-only file system）。",
    ),
    fix=Text(
        "Mount an emptyDir with a sizeLimit there, as k8s/base does.",
        "k8s/base のように、sizeLimit のある emptyDir をそこにマウントします。",
    ),
)
def what_is_written_can_be_written(objects: Objects, programs: Programs) -> list[Violation]:
    return [
        Violation(
            work.reference,
            f"container {container['name']} writes to {folder}, where it has a read-only file system",
            work.of(container, "volumeMounts"),
        )
        for work, container, program in running(objects, programs)
        if at(container, "securityContext", "readOnlyRootFilesystem") is True
        for folder in sorted(program.written)
        if not any(_is_within(folder, mount) for mount in _writable(work, container))
    ]


@program_rule(
    "error",
    why=Text(
        "The empty volume hides what the image has there: the program does not find its own files, and ends at once.",
        "空のボリュームが、イメージにあるものを隠します。プログラムは自分のファイルを見つけられず、すぐ終了します。",
    ),
    fix=Text("Mount the volume at a path of its own.", "ボリュームを、ほかのものがないパスにマウントします。"),
)
def volumes_hide_nothing(objects: Objects, programs: Programs) -> list[Violation]:
    """Only an emptyDir is sure to hide files, and only if no init container fills it."""
    return [
        Violation(
            work.reference,
            f"container {container['name']} has an empty volume at {mount.get('mountPath')}, "
            f"over the image's {hidden[0]}",
            work.of(container, "volumeMounts", index, "mountPath"),
        )
        for work, container, program in running(objects, programs)
        for index, mount in enumerate(container.get("volumeMounts") or ())
        if "emptyDir" in _volume(work, mount) and not _is_filled(work, mount)
        if (hidden := [file for file in sorted(program.files) if _is_within(file, str(mount.get("mountPath")))])
    ]


@program_rule(
    "warning",
    why=Text(
        "Another program runs than the one that the image was made for, and it may never answer.",
        "イメージの本来のプログラムとは別のものが動き、答えが返らないかもしれません。",
    ),
    fix=Text("Remove command and args.", "command と args を取り除きます。"),
)
def images_run_their_own_program(objects: Objects, programs: Programs) -> list[Violation]:
    return [
        Violation(
            work.reference,
            f"what container {container['name']} does with {key} of its own is not said here",
            work.of(container, key),
            decided=False,
        )
        for work, container, _ in running(objects, programs)
        if work.runs_on and container in work.pod["containers"]
        for key in ("command", "args")
        if key in container
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


def _writable(work: Workload, container: Object) -> Iterator[str]:
    for mount in container.get("volumeMounts") or ():
        if not mount.get("readOnly") and not _volume(work, mount).keys() & _READ_ONLY:
            yield str(mount.get("mountPath"))


def _volume(work: Workload, mount: Object) -> Object:
    """The volume of a mount; without one it is a claim of a StatefulSet."""
    volumes: list[Object] = work.pod.get("volumes") or []
    return next((volume for volume in volumes if volume.get("name") == mount.get("name")), {})


def _is_filled(work: Workload, mount: Object) -> bool:
    first = work.pod.get("initContainers") or ()
    mounts = (other for container in first for other in container.get("volumeMounts") or ())
    return any(other.get("name") == mount.get("name") for other in mounts)


def _is_within(path: str, folder: str) -> bool:
    return PurePosixPath(path).is_relative_to(folder)
