"""What workflows, registries and git say."""

from gitops.doctor.logs.fault import fault

CI = (
    fault(
        "ghcr-denied-write",
        r"denied: installation not allowed to (?:Write|Create) organization package|permission_denied: write_package",
        "The job may not push to this package: it lacks `packages: write`, the organisation gives Actions read access "
        "only, or the package was first pushed by hand and does not know this repository.",
        "Give the job `permissions: packages: write`. If it has that: Package settings, Manage Actions access, add "
        "this repository with the role Write.",
        "jobs-have-the-permissions-that-they-need",
    ),
    fault(
        "ghcr-of-somebody-else",
        r"requested installation does not exist",
        "The image name belongs to another owner, as in a fork that kept the upstream's name.",
        "Run `gitops retarget`, and take the owner from github.repository_owner in the workflows.",
        "images-belong-to-this-repository",
    ),
    fault(
        "ghcr-denied-read",
        r"permission_denied: read_package|unauthorized: authentication required|denied: denied\b"
        r"|failed to fetch anonymous token|failed to authorize",
        "The package is private, or does not exist: GHCR answers the same to whoever may not read.",
        "Make the package public (Package settings, Change visibility), or give the pods an imagePullSecret with a "
        "classic token of scope read:packages. `gitops doctor --online` tells the two apart.",
        "images-can-be-pulled-by-anybody",
    ),
    fault(
        "image-name-in-upper-case",
        r"repository name \(?[^ ]*\)? ?must be lowercase|repository name must be lowercase|invalid reference format"
        r"|InvalidImageName",
        "The image name has upper case letters, mostly those of the owner's name.",
        'Lower it in a step: echo "name=ghcr.io/${OWNER,,}/image" >> "$GITHUB_OUTPUT"; in the manifests, '
        "`gitops retarget` does it.",
        "workflows-lower-the-owner-in-image-names",
    ),
    fault(
        "manifest-unknown",
        r"manifest unknown|manifest for \S+ not found|failed to resolve reference \S+ \S+: not found",
        "The registry has no image of this tag: its build failed, was skipped, or pushes other tags.",
        "Compare the tag with the summary of the CI run, and run `gitops update`: it asks the registry first.",
        "tags-have-the-format-that-ci-pushes",
    ),
    fault(
        "rate-limited",
        r"toomanyrequests|429 Too Many Requests|pull rate limit",
        "The registry counts too many pulls from this address.",
        "Log in before you pull, and run the job again later.",
    ),
    fault(
        "push-overtaken",
        r"! \[(?:remote )?rejected\].*\((?:fetch first|non-fast-forward|cannot lock ref)|Updates were rejected because",
        "Somebody else pushed first.",
        "Fetch, reset, compute anew and push again, as `gitops` does; a rebase conflicts on adjacent lines.",
        "pushes-are-tried-again",
    ),
    fault(
        "nothing-to-commit",
        r"nothing (?:added )?to commit",
        "`git commit` fails when there is no change, so that a run with nothing to do is red.",
        "Ask `git diff --cached --quiet` first, or call `gitops update`.",
        "runs-with-nothing-to-commit-succeed",
    ),
    fault(
        "push-not-allowed",
        r"Permission to \S+ denied to github-actions\[bot\]|The requested URL returned error: 403",
        "The job's token may only read.",
        "Give the job `permissions: contents: write`.",
        "jobs-have-the-permissions-that-they-need",
    ),
    fault(
        "branch-is-protected",
        r"GH006|GH013|protected branch hook declined",
        "A rule of the branch keeps the workflow from pushing.",
        "Settings, Rules: let github-actions bypass the rule, or exempt the deploy from it.",
    ),
    fault(
        "token-cannot-be-signed-for",
        r"ACTIONS_ID_TOKEN_REQUEST_URL",
        "The attestation needs a token of the job's identity, which it may not ask for.",
        "Give the job `permissions: id-token: write` and `attestations: write`.",
        "jobs-have-the-permissions-that-they-need",
    ),
    fault(
        "token-lacks-permission",
        r"Resource not accessible by integration",
        "GITHUB_TOKEN lacks a permission for what the step asks of GitHub.",
        "Declare it in the job's `permissions`; in a pull request of a fork the token is read-only.",
        "jobs-declare-their-permissions",
    ),
    fault(
        "emulation-failed",
        r"qemu: uncaught target signal",
        "The emulator for the other platform crashed during the build.",
        "Build what runs tools with `FROM --platform=$BUILDPLATFORM`, or on a machine of that platform.",
    ),
    fault(
        "hashes-do-not-match",
        r"DO NOT MATCH THE HASHES|In --require-hashes mode",
        "A package is not the one that was locked, or is not locked at all.",
        "Run `make lock`, and commit the lock files.",
    ),
    fault(
        "disk-full",
        r"[Nn]o space left on device",
        "The runner's or the node's disk is full; in a pod, an emptyDir has reached its sizeLimit.",
        "Clean up before the build, or raise sizeLimit.",
    ),
)
