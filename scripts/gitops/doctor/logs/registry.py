"""Faults that registries report, and the programs that push to them or pull from them."""

from gitops.doctor.logs.fault import Fault, pattern, phrase, reason

_PULL = ("image-pull-back-off",)
_IMAGE = r"[\w.-]+/[\w./-]+(?::[\w.-]+|@sha256:\w+)+"

REGISTRY = (
    Fault(
        "ghcr-denied-write",
        (
            phrase("denied: installation not allowed to * organization package"),
            phrase("permission_denied: write_package"),
            phrase("token provided does not match expected scopes"),
            phrase("failed to push * 403 Forbidden"),
            # Whoever pulls is told the same, behind the words that name the image.
            pattern(r"^(?!.*\b(?:pull|resolve)\b).*unexpected status: 403 Forbidden", "unexpected", "status", "403"),
            phrase("unexpected status from POST request to * 403 Forbidden"),
            phrase("unexpected status from PUT request to * 403 Forbidden"),
            phrase("unexpected status from HEAD request to * /blobs/ * 403 Forbidden"),
            phrase("failed to fetch oauth token: * 403 Forbidden"),
        ),
        "The job may not push to this package: it lacks `packages: write`, the organisation gives Actions read access "
        "only, or the package was first pushed by hand and does not know this repository.",
        "Give the job `permissions: packages: write`. If it has that: Package settings, Manage Actions access, add "
        "this repository with the role Write.",
        "jobs-have-the-permissions-that-they-need",
        ("ghcr-denied-read",),
    ),
    Fault(
        "ghcr-of-somebody-else",
        (phrase("requested installation does not exist"),),
        "The image name belongs to another owner, as in a fork that kept the upstream's name.",
        "Run `gitops retarget`, and take the owner from github.repository_owner in the workflows.",
        "images-belong-to-this-repository",
    ),
    Fault(
        "not-logged-in",
        (
            phrase("denied: requested access to the resource is denied"),
            phrase("push access denied"),
            phrase("no basic auth credentials"),
            phrase("failed to push * unauthorized"),
            phrase("unexpected status from POST request to * 401 Unauthorized"),
        ),
        "Whoever pushes is not logged in to the registry that the image's name begins with; without a host that is "
        "Docker Hub.",
        "Log in to that registry in the same job, before the push, and write its host in the image's name.",
        explains=("ghcr-denied-read",),
    ),
    Fault(
        "login-refused",
        (
            phrase('Error response from daemon: Get * /v2/": denied'),
            phrase('Error response from daemon: Get * /v2/": unauthorized'),
            phrase("incorrect username or password"),
            phrase("User cannot be authenticated with the token provided"),
        ),
        "The registry does not accept the name and the password, or the token has expired or lacks a scope.",
        "In a workflow log in with github.actor and github.token; elsewhere with a classic token of scope "
        "read:packages or write:packages.",
        explains=("ghcr-denied-read",),
    ),
    Fault(
        "login-without-secrets",
        (
            phrase("Username and password required"),
            phrase("Password required"),
            phrase("Username required"),
            phrase("Input required and not supplied"),
            phrase("Cannot perform an interactive login from a non TTY device"),
        ),
        "The secret that the login takes is empty: it does not exist, or the run is a fork's pull request, which gets "
        "none.",
        "Log in with github.token, and skip the login for pull requests.",
    ),
    Fault(
        "ghcr-denied-read",
        (
            phrase("permission_denied: read_package"),
            phrase("unauthorized: authentication required"),
            phrase("denied: denied"),
            phrase("error from registry: denied"),
            phrase("pull access denied"),
            phrase("failed to fetch anonymous token"),
            phrase("failed to authorize"),
            phrase("Failed to pull image * 403 Forbidden"),
            phrase('Error response from daemon: Head "*/manifests/*": denied'),
            phrase('Error response from daemon: Head "*/manifests/*": unauthorized'),
            phrase("Failed to pull image * 401 Unauthorized"),
        ),
        "The package is private, or does not exist: GHCR answers the same to whoever may not read.",
        "Make the package public (Package settings, Change visibility), or give the pods an imagePullSecret with a "
        "classic token of scope read:packages. `gitops doctor --online` tells the two apart.",
        "images-can-be-pulled-by-anybody",
        _PULL,
    ),
    Fault(
        "local-image-not-loaded",
        (
            phrase("docker.io/library/ * pull access denied"),
            phrase("pull access denied for k8s-practice-"),
            phrase("is not present with pull policy of Never"),
            reason("ErrImageNeverPull"),
        ),
        "The image was built on this machine, and the cluster's nodes do not have it: they look for its name, which "
        "has no host, at Docker Hub.",
        "Load it: `kind load docker-image NAME` or `minikube image load NAME`.",
        explains=("ghcr-denied-read", *_PULL),
    ),
    Fault(
        "image-name-in-upper-case",
        (
            phrase("repository name must be lowercase"),
            phrase("repository name * must be lowercase"),
            phrase("invalid reference format"),
            phrase("couldn't parse image name"),
            phrase("couldn't parse image reference"),
            reason("InvalidImageName"),
        ),
        "The image name has upper case letters, mostly those of the owner's name.",
        'Write it in lower case in a step: echo "name=ghcr.io/${OWNER,,}/image" >> "$GITHUB_OUTPUT"; in the manifests, '
        "`gitops retarget` does it.",
        "workflows-lower-the-owner-in-image-names",
        _PULL,
    ),
    Fault(
        "manifest-unknown",
        (
            phrase("manifest unknown"),
            phrase("MANIFEST_UNKNOWN"),
            phrase("name unknown"),
            phrase("NAME_UNKNOWN"),
            phrase("failed to resolve reference * : not found"),
            phrase("failed to resolve source metadata for * : not found"),
            pattern(rf"ERROR: {_IMAGE}: not found$", "error", "not", "found"),
            pattern(rf"failed to solve: \S+: {_IMAGE}: not found$", "failed", "solve", "not", "found"),
        ),
        "The registry has no image of this tag: its build failed, was skipped, or pushes other tags.",
        "Compare the tag with the summary of the CI run, and run `gitops update`: it asks the registry first.",
        "tags-have-the-format-that-ci-pushes",
        _PULL,
    ),
    Fault(
        "server-out-of-order",
        (
            pattern(r"unexpected (?:HTTP )?status\b.{0,300}?\b5\d\d [A-Z]", "unexpected", "status"),
            pattern(r"The requested URL returned error: 5\d\d", "requested", "url", "returned", "error"),
            phrase("remote: Internal Server Error"),
        ),
        "The registry or GitHub answers with an error of its own; nothing here is at fault.",
        "Run the job again later; https://www.githubstatus.com shows whether GitHub is at fault.",
        explains=("cache-not-written", *_PULL),
    ),
    Fault(
        "rate-limited",
        (
            phrase("toomanyrequests"),
            phrase("429 Too Many Requests"),
            phrase("pull rate limit"),
            phrase("API rate limit exceeded"),
            phrase("secondary rate limit"),
        ),
        "The server counts too many requests from this address or with this token.",
        "Log in before you pull, and run the job again later.",
        explains=_PULL,
    ),
    Fault(
        "image-pull-back-off",
        (
            reason("ImagePullBackOff"),
            reason("ErrImagePull"),
            phrase("Failed to pull image"),
            phrase("Back-off pulling image"),
        ),
        "The node cannot get the image: it does not exist, is private, or its name is wrong; the event says which.",
        "`kubectl describe pod --show-events` shows the event; `gitops doctor --online` asks the registry.",
        "images-exist-in-the-registry",
    ),
)
