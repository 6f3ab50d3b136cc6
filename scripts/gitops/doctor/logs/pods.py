"""Faults that the kubelet reports of pods, and containers of themselves."""

from gitops.doctor.logs.fault import Fault, pattern, phrase, reason

_SETTINGS = ("BACKEND_URL", "RATE_LIMIT", "RESOLVE_SECONDS", "TRUSTED_PROXIES")
_CRASH = ("crash-loop", "python-error")

PODS = (
    Fault(
        "oom-killed",
        (
            reason("OOMKilled"),
            phrase("Memory cgroup out of memory"),
            phrase("JavaScript heap out of memory"),
            phrase("exit code: 137"),
            phrase("exit code 137"),
            phrase("exited with code 137"),
        ),
        "The container used more memory than its limit, or did not end within its grace period.",
        "Look at `kubectl top pod`; raise resources.limits.memory, within the class's LimitRange.",
        explains=_CRASH,
    ),
    Fault(
        "probe-failed",
        (
            phrase("Readiness probe failed"),
            phrase("Readiness probe errored"),
            phrase("Liveness probe failed"),
            phrase("Liveness probe errored"),
            phrase("failed liveness probe"),
            phrase("failed startup probe"),
            phrase("Startup probe errored"),
            phrase("Startup probe failed: HTTP probe failed with statuscode"),
        ),
        "The probe's path or port is not what the application serves, or it starts too slowly.",
        "Compare the probe with the routes: /healthz for life, /readyz for readiness. Give startupProbe more time.",
        "probes-ask-routes-that-exist",
        _CRASH,
    ),
    Fault(
        "image-runs-as-root",
        (
            phrase("container has runAsNonRoot and image will run as root"),
            phrase("container has runAsNonRoot and image has non-numeric user"),
            phrase("container's runAsUser breaks non-root policy"),
        ),
        "The kubelet cannot tell that the image's user is not root.",
        "End the Dockerfile with USER and a number, such as 10001.",
        "images-name-their-user-by-number",
        ("missing-reference",),
    ),
    Fault(
        "read-only-file-system",
        (phrase("Read-only file system"), phrase("EROFS")),
        "The process writes to its root file system, which is read-only.",
        "Mount an emptyDir where it writes.",
        explains=_CRASH,
    ),
    Fault(
        "permission-denied",
        (
            phrase("failed (13: Permission denied)"),
            phrase("PermissionError: [Errno 13]"),
            phrase("EACCES: permission denied"),
            phrase("exec: * permission denied"),
        ),
        "The process runs as a user that may not open the file or the port: ports below 1024 belong to root.",
        "Listen on a port from 1024 on; give the files to the image's user, or the volume an fsGroup.",
        explains=_CRASH,
    ),
    Fault(
        "command-not-in-image",
        (
            phrase("executable file not found in $PATH"),
            phrase("exec /*: no such file or directory"),
            phrase("stat * no such file or directory: unknown"),
            phrase("failed to create containerd task"),
            phrase("can't open file * No such file or directory"),
            reason("RunContainerError"),
            reason("StartError"),
        ),
        "The container's command is not in the image, or begins with a line that names a missing interpreter, as a "
        "script with Windows' line ends does.",
        "Compare `command` with the image's CMD; keep scripts' line ends as LF (.gitattributes).",
        explains=_CRASH,
    ),
    Fault(
        "port-in-use",
        (phrase("Address already in use"), phrase("EADDRINUSE"), phrase("port is already allocated")),
        "Another program already listens on the port.",
        "Choose another port (`PORT=8081`), or stop the other program.",
        explains=_CRASH,
    ),
    Fault(
        "setting-not-valid",
        (phrase("error: GUTENBERG_"), *(phrase(f"error: {name} is") for name in _SETTINGS)),
        "An environment variable has a value that the application refuses.",
        "Correct it in the overlay; the message names it and what is allowed.",
        explains=_CRASH,
    ),
    Fault(
        "index-refused",
        (phrase("run `python -m app.index build`"),),
        "The index is missing, damaged, or of another version of the application.",
        "Build the image anew; locally, run the command that the message names.",
        explains=_CRASH,
    ),
    Fault(
        "missing-reference",
        (
            reason("CreateContainerConfigError"),
            phrase('configmap "*" not found'),
            phrase('secret "*" not found'),
            phrase('serviceaccount "*" not found'),
            phrase("couldn't find key"),
            phrase("references non-existent secret key"),
            phrase("references non-existent config key"),
            phrase("Unable to retrieve some image pull secrets"),
        ),
        "The pod names a ConfigMap, a Secret, a ServiceAccount or a key that is not there.",
        "Add it to the overlay, or mark the reference as optional.",
        "referred-objects-exist",
        ("volume-not-mounted",),
    ),
    Fault(
        "volume-not-mounted",
        (
            phrase("unbound immediate PersistentVolumeClaims"),
            phrase('persistentvolumeclaim "*" not found'),
            phrase("Multi-Attach error for volume"),
            phrase("storageclass.storage.k8s.io * not found"),
            phrase("no persistent volumes available for this claim"),
            phrase("Unable to attach or mount volumes"),
            phrase("MountVolume.SetUp failed for volume"),
            reason("ProvisioningFailed"),
            reason("FailedAttachVolume"),
        ),
        "The pod waits for a volume that does not exist, is not bound, or is in use on another node.",
        "`kubectl get pvc,storageclass` shows which; name a storage class that the cluster has.",
        explains=("cannot-be-scheduled", "rollout-stuck"),
    ),
    Fault(
        "crash-loop",
        (
            reason("CrashLoopBackOff"),
            phrase("Back-off restarting failed container"),
            phrase("restarting failed container"),
            pattern(r"\b0/\d+\s+Error\b", "error"),
        ),
        "The process ends soon after its start, each time.",
        "`kubectl logs --previous` shows its last words.",
    ),
)
