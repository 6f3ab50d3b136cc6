"""What Argo CD and kustomize say."""

from gitops.doctor.logs.fault import fault

ARGOCD = (
    fault(
        "path-missing",
        r"app path does not exist",
        "The Application names a folder that this revision does not have.",
        "Correct spec.source.path, and push the overlay before the Application is applied.",
        "applications-name-a-path-that-exists",
    ),
    fault(
        "revision-missing",
        r"unable to resolve '?[^ ]+'? to a commit SHA|couldn't find remote ref",
        "The Application follows a branch or commit that the remote does not have.",
        "Set targetRevision to main.",
        "applications-follow-a-branch-that-exists",
    ),
    fault(
        "repository-not-readable",
        r"(?:rpc error|ComparisonError).*(?:[Rr]epository not found|authentication required|failed to list refs)",
        "Argo CD cannot read the repository: its address is wrong, or it is private.",
        "Run `gitops retarget`; for a private repository, give Argo CD a credential (argocd repo add).",
        "applications-follow-this-repository",
    ),
    fault(
        "not-permitted-in-project",
        r"is not permitted in project|not allowed in project|do not match any of the allowed destinations"
        r"|InvalidSpecError",
        "The AppProject permits neither this namespace, nor this repository, or not this kind.",
        "`gitops student add` writes the project; otherwise add what the message names to it.",
        "projects-permit-their-applications",
    ),
    fault(
        "namespace-missing",
        r"namespaces \"[^\"]+\" not found",
        "The namespace does not exist, and the Application does not make it.",
        "Apply k8s/argocd-applications/class, or set CreateNamespace=true in a project that permits Namespace.",
        "projects-permit-the-namespace-that-is-to-be-made",
    ),
    fault(
        "shared-resource",
        r"SharedResourceWarning|is part of applications? ",
        "Two Applications describe the same object, and undo each other.",
        "Give each overlay a namespace, and each Application a name of its own.",
        "namespaces-belong-to-one-overlay",
    ),
    fault(
        "sync-not-tried-again",
        r"Skipping auto-sync: failed previous sync attempt|one or more synchronization tasks completed unsuccessfully",
        "Argo CD tries each commit once, unless it is told to retry.",
        "Set syncPolicy.retry with `refresh: true`; `argocd app sync` tries now.",
        "automated-syncs-are-retried",
    ),
    fault(
        "out-of-sync-loop",
        r"Skipping auto-sync: most recent sync already to|[Ss]elf-?heal.*(?:attempt|backoff)"
        r"|Sync status:? +OutOfSync.*\(self-?heal",
        "Something else sets a field that git sets too: an autoscaler, a webhook, or another Application.",
        "`argocd app diff` shows the field; take it out of git, such as replicas beside an autoscaler.",
        "autoscalers-alone-set-replicas",
    ),
    fault(
        "rollback-needs-no-auto-sync",
        r"[Rr]ollback cannot be (?:performed|initiated) when auto-sync is enabled",
        "With auto-sync, Argo CD follows git and nothing else.",
        "Roll back in git: `gitops rollback`, which also holds the component there.",
    ),
    fault(
        "tag-is-a-number",
        r"cannot unmarshal number into Go .*newTag",
        "newTag has digits only and no quotes, so YAML reads a number.",
        "Put it in quotes.",
        "image-tags-are-text",
    ),
    fault(
        "kustomize-file-missing",
        r"accumulating resources?.*(?:no such file or directory|doesn't exist)|accumulation err",
        "A kustomization.yaml names a file or folder that is not there.",
        "Correct the path; `kustomize build k8s/overlays/NAME` shows it here.",
        "overlays-render",
    ),
    fault(
        "object-described-twice",
        r"may not add resource with an already registered id",
        "Two files describe the same object.",
        "Remove one of them, or make it a patch.",
        "overlays-render",
    ),
    fault(
        "patch-without-target",
        r"no matches for Id|no resource matches strategic merge patch|unable to find patch target",
        "A patch names an object that the overlay does not have, such as an autoscaler without its component.",
        "Add the component, or correct the patch's target.",
        "overlays-render",
    ),
)
