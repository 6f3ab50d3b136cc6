"""Pod Security's restricted level, and what goes beyond it."""

from collections.abc import Iterator

from gitops.manifests.objects import Object, Objects, Workload, at, named, workloads
from gitops.manifests.violation import Violation

# Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
_VOLUMES = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}
_HOST = ("hostNetwork", "hostPID", "hostIPC")
_SECCOMP = {"RuntimeDefault", "Localhost"}
_SYSCTLS = {
    *("kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports"),
    *("net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range", "net.ipv4.tcp_syncookies"),
    *("net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes"),
    *("net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"),
}
# What a securityContext may have there, if it has anything.
_ALLOWED: dict[tuple[str, ...], tuple[object, ...]] = {
    ("appArmorProfile", "type"): ("RuntimeDefault", "Localhost"),
    ("procMount",): ("Default",),
    ("seLinuxOptions", "role"): ("",),
    ("seLinuxOptions", "type"): ("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"),
    ("seLinuxOptions", "user"): ("",),
    ("windowsOptions", "hostProcess"): (False,),
}


def pods_are_restricted(objects: Objects) -> list[Violation]:
    """A namespace that enforces the restricted level makes no pod that is not; only the ReplicaSet's events say why."""
    return [Violation(work.reference, what) for work in workloads(objects) for what in _unrestricted(work)]


def root_file_systems_are_read_only(objects: Objects) -> list[Violation]:
    return [
        Violation(work.reference, f"container {one['name']} may write to its root file system")
        for work in workloads(objects)
        for one in work.containers
        if at(one, "securityContext", "readOnlyRootFilesystem") is not True
    ]


def pods_get_no_token(objects: Objects) -> list[Violation]:
    """A process that never talks to the Kubernetes API needs no key to it."""
    return [
        Violation(work.reference, "its pods get a token for the Kubernetes API")
        for work in workloads(objects)
        if work.pod.get("automountServiceAccountToken", _account(work, objects)) is not False
    ]


def temporary_files_are_bounded(objects: Objects) -> list[Violation]:
    """An emptyDir without a limit fills the node's disk or memory."""
    return [
        Violation(work.reference, f"volume {volume['name']} has no sizeLimit")
        for work in workloads(objects)
        for volume in work.pod.get("volumes", ())
        if "emptyDir" in volume and at(volume, "emptyDir", "sizeLimit") is None
    ]


def _account(work: Workload, objects: Objects) -> bool:
    account = named(objects, "ServiceAccount", work.pod.get("serviceAccountName", "default"))
    return bool(at(account, "automountServiceAccountToken", default=True))


def _unrestricted(work: Workload) -> Iterator[str]:
    yield from (f"{field} is not allowed" for field in _HOST if work.pod.get(field))
    for volume in work.pod.get("volumes", ()):
        yield from (f"volumes of type {kind} are not allowed" for kind in volume.keys() - {"name"} - _VOLUMES)
    shared = work.pod.get("securityContext") or {}
    sysctls = {one.get("name") for one in shared.get("sysctls") or ()}
    yield from (f"sysctl {name} is not allowed" for name in sorted(sysctls - _SYSCTLS))
    yield from _not_allowed(shared)
    for container in work.containers:
        yield from (f"container {container['name']}: {what}" for what in _container(container, shared))


def _container(container: Object, shared: Object) -> Iterator[str]:
    own = container.get("securityContext") or {}
    yield from _not_allowed(own)
    if own.get("runAsNonRoot", shared.get("runAsNonRoot")) is not True:
        yield "runAsNonRoot is not true"
    if own.get("runAsUser", shared.get("runAsUser")) == 0:
        yield "runAsUser is 0, which is root"
    if at({**shared, **own}, "seccompProfile", "type") not in _SECCOMP:
        yield "seccompProfile is not RuntimeDefault"
    if own.get("allowPrivilegeEscalation") is not False:
        yield "allowPrivilegeEscalation is not false"
    if own.get("privileged"):
        yield "it is privileged"
    if "ALL" not in at(own, "capabilities", "drop", default=()):
        yield "it does not drop ALL capabilities"
    if set(at(own, "capabilities", "add", default=())) - {"NET_BIND_SERVICE"}:
        yield "it adds capabilities"
    yield from (f"port {port['containerPort']} is opened on the node" for port in _on_the_node(container))


def _not_allowed(context: Object) -> Iterator[str]:
    for path, allowed in _ALLOWED.items():
        value = at(context, *path)
        if value is not None and value not in allowed:
            yield f"{'.'.join(path)} may not be {value}"


def _on_the_node(container: Object) -> Iterator[Object]:
    return (port for port in container.get("ports", ()) if port.get("hostPort"))
