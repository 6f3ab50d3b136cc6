"""Pod Security's restricted level, and what goes beyond it."""

from collections.abc import Iterator

from gitops.manifests.objects import Object, Objects, Path, Workload, as_yaml, at, named, namespace, of_kind, workloads
from gitops.manifests.rule import rule
from gitops.manifests.violation import Violation
from gitops.text import Text

# Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
_VOLUMES = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}
_HOST = ("hostNetwork", "hostPID", "hostIPC")
_CONTEXT = "securityContext"
_RESTRICTED, _LEVEL = "restricted", "pod-security.kubernetes.io/enforce"
_SECCOMP = {"RuntimeDefault", "Localhost"}
_WHOSE = {
    "runAsUser": "names no user other than root",
    "runAsGroup": "names no group other than root's, so that is its group",
}
_SYSCTLS = {
    *("kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports"),
    *("net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range", "net.ipv4.tcp_syncookies"),
    *("net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes"),
    *("net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"),
}
# The values that each field of a securityContext may have, if it is set.
_ALLOWED: dict[tuple[str, ...], tuple[object, ...]] = {
    ("appArmorProfile", "type"): ("RuntimeDefault", "Localhost"),
    ("procMount",): ("Default",),
    ("seLinuxOptions", "role"): ("",),
    ("seLinuxOptions", "type"): ("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"),
    ("seLinuxOptions", "user"): ("",),
    ("windowsOptions", "hostProcess"): (False,),
}


@rule(
    "error",
    why=Text(
        "A namespace that enforces the restricted level makes no pod; only the ReplicaSet's events say why.",
        "restricted を強制する名前空間では Pod が作られません。理由は ReplicaSet のイベントにだけ出ます。",
    ),
    fix=Text("Set the securityContext as in k8s/base.", "k8s/base のように securityContext を設定します。"),
)
def pods_are_restricted(objects: Objects) -> list[Violation]:
    return [
        Violation(work.reference, what, path)
        for work in workloads(objects)
        if _enforced(work, objects) == _RESTRICTED
        for what, path in _unrestricted(work)
    ]


@rule(
    "warning",
    why=Text(
        "Whoever breaks into the process can change the program.",
        "プロセスに侵入した者が、プログラムを書き換えられます。",
    ),
    fix=Text(
        "Set readOnlyRootFilesystem, with an emptyDir for what is written.",
        "readOnlyRootFilesystem を true にし、書き込む場所には emptyDir を使います。",
    ),
)
def root_file_systems_are_read_only(objects: Objects) -> list[Violation]:
    return [
        Violation(
            work.reference,
            f"container {container['name']} may write to its root file system",
            work.of(container, "securityContext", "readOnlyRootFilesystem"),
        )
        for work in workloads(objects)
        for container in work.containers
        if at(container, "securityContext", "readOnlyRootFilesystem") is not True
    ]


@rule(
    "warning",
    why=Text(
        "A kubelet takes no group from an image's numeric USER: the process is in root's.",
        "イメージの USER が数字だと kubelet はグループを決められず、プロセスは root のグループに入ります。",
    ),
    fix=Text(
        "Set runAsUser and runAsGroup to the numbers of the image's USER.",
        "runAsUser と runAsGroup に、イメージの USER の数字を書きます。",
    ),
)
def containers_have_a_user_and_a_group(objects: Objects) -> list[Violation]:
    return [
        Violation(work.reference, f"container {container['name']} {_WHOSE[field]}", work.of(container, _CONTEXT, field))
        for work in workloads(objects)
        for container in work.containers
        for field in _WHOSE
        if not {**(work.pod.get(_CONTEXT) or {}), **(container.get(_CONTEXT) or {})}.get(field)
    ]


@rule(
    "warning",
    why=Text(
        "A process that never talks to the Kubernetes API has a key to it.",
        "Kubernetes API を使わないプロセスが、その鍵を持っています。",
    ),
    fix=Text("Set automountServiceAccountToken to false.", "automountServiceAccountToken を false にします。"),
)
def pods_get_no_token(objects: Objects) -> list[Violation]:
    """A pod whose account has a role talks to the Kubernetes API, and needs the token."""
    return [
        Violation(
            work.reference,
            "its pods get a token for the Kubernetes API",
            work.of_pod("automountServiceAccountToken"),
        )
        for work in workloads(objects)
        if work.pod.get("automountServiceAccountToken", _account(work, objects)) is not False
        if not _has_a_role(work, objects)
    ]


@rule(
    "warning",
    why=Text(
        "An emptyDir without a limit fills the node's disk or memory.",
        "上限のない emptyDir は、ノードのディスクやメモリーを埋め尽くします。",
    ),
    fix=Text("Set sizeLimit.", "sizeLimit を設定します。"),
)
def temporary_files_are_bounded(objects: Objects) -> list[Violation]:
    return [
        Violation(
            work.reference,
            f"volume {volume['name']} has no sizeLimit",
            work.of_pod("volumes", volume["name"], "emptyDir"),
        )
        for work in workloads(objects)
        for volume in work.pod.get("volumes") or ()
        # A volume that names no other kind is an emptyDir.
        if volume.keys() <= {"name", "emptyDir"} and at(volume, "emptyDir", "sizeLimit") is None
    ]


def _enforced(work: Workload, objects: Objects) -> str:
    """The level of the workload's namespace, which is restricted unless the objects say otherwise."""
    made = named(objects, "Namespace", namespace(work.object))
    level: str = at(made, "metadata", "labels", _LEVEL, default=_RESTRICTED)
    return level


def _account(work: Workload, objects: Objects) -> bool:
    account = named(objects, "ServiceAccount", work.pod.get("serviceAccountName", "default"))
    return bool(at(account, "automountServiceAccountToken", default=True))


def _has_a_role(work: Workload, objects: Objects) -> bool:
    bindings = [*of_kind(objects, "RoleBinding"), *of_kind(objects, "ClusterRoleBinding")]
    subjects = [subject for binding in bindings for subject in binding.get("subjects") or ()]
    account = work.pod.get("serviceAccountName", "default")
    return any((subject.get("kind"), subject.get("name")) == ("ServiceAccount", account) for subject in subjects)


def _unrestricted(work: Workload) -> Iterator[tuple[str, Path]]:
    yield from ((f"{field} is not allowed", work.of_pod(field)) for field in _HOST if work.pod.get(field))
    for volume in work.pod.get("volumes") or ():
        for kind in volume.keys() - {"name"} - _VOLUMES:
            yield f"volumes of type {kind} are not allowed", work.of_pod("volumes", volume["name"])
    shared = work.pod.get("securityContext") or {}
    sysctls = {sysctl.get("name") for sysctl in shared.get("sysctls") or ()}
    for name in sorted(sysctls - _SYSCTLS):
        yield f"sysctl {name} is not allowed", work.of_pod("securityContext", "sysctls")
    for what, path in _not_allowed(shared):
        yield what, work.of_pod("securityContext", *path)
    for container in work.containers:
        for what, path in _container(container, shared):
            yield f"container {container['name']}: {what}", work.of(container, *path)


def _container(container: Object, shared: Object) -> Iterator[tuple[str, Path]]:
    """What is wrong with the container; the pod's securityContext counts where its own is silent."""
    own = container.get("securityContext") or {}
    whole = {**shared, **own}
    yield from ((what, (_CONTEXT, *path)) for what, path in _not_allowed(own))
    for what, path, wrong in (
        ("runAsNonRoot is not true", ("runAsNonRoot",), whole.get("runAsNonRoot") is not True),
        ("runAsUser is 0, which is root", ("runAsUser",), whole.get("runAsUser") == 0),
        (
            "seccompProfile is not RuntimeDefault",
            ("seccompProfile", "type"),
            at(whole, "seccompProfile", "type") not in _SECCOMP,
        ),
        (
            "allowPrivilegeEscalation is not false",
            ("allowPrivilegeEscalation",),
            own.get("allowPrivilegeEscalation") is not False,
        ),
        ("it is privileged", ("privileged",), own.get("privileged")),
        (
            "it does not drop ALL capabilities",
            ("capabilities", "drop"),
            "ALL" not in at(own, "capabilities", "drop", default=()),
        ),
        (
            "it adds capabilities",
            ("capabilities", "add"),
            set(at(own, "capabilities", "add", default=())) - {"NET_BIND_SERVICE"},
        ),
    ):
        if wrong:
            yield what, (_CONTEXT, *path)
    for index, port in enumerate(container.get("ports") or ()):
        if port.get("hostPort"):
            yield f"port {port['containerPort']} is opened on the node", ("ports", index, "hostPort")


def _not_allowed(context: Object) -> Iterator[tuple[str, Path]]:
    for path, allowed in _ALLOWED.items():
        value = at(context, *path)
        if value is not None and value not in allowed:
            yield f"{'.'.join(path)} may not be {as_yaml(value)}", path
