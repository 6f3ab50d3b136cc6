"""What an Argo CD AppProject permits its Applications to deploy."""

from fnmatch import fnmatchcase

from gitops.manifests.objects import Object, Objects, at, reference
from gitops.manifests.rule import Find
from gitops.manifests.violation import Violation

CLUSTER_KINDS = {"ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "Namespace", "PersistentVolume"}


def permitted_by(project: Object) -> Find:
    """The rule that Argo CD would deploy the objects for an Application of this project.

    Without a whitelist every namespaced kind is permitted, and no kind that belongs to the whole cluster.
    Source: https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
    """
    spec = project["spec"]
    namespaces = [destination.get("namespace", "") for destination in spec.get("destinations", ())]

    def permitted(objects: Objects) -> list[Violation]:
        return [
            Violation(reference(manifest), f"{what} is not permitted by {reference(project)}")
            for manifest in objects
            for namespace in [at(manifest, "metadata", "namespace", default="")]
            for what, allowed in (
                (f"kind {manifest['kind']}", _kind_is_allowed(manifest, spec)),
                (f"namespace {namespace}", _namespace_is_allowed(namespace, namespaces)),
            )
            if not allowed
        ]

    return permitted


def _kind_is_allowed(manifest: Object, spec: Object) -> bool:
    if manifest["kind"] in CLUSTER_KINDS:
        return _listed(manifest, spec.get("clusterResourceWhitelist") or ())
    allowed, denied = spec.get("namespaceResourceWhitelist"), spec.get("namespaceResourceBlacklist") or ()
    return (allowed is None or _listed(manifest, allowed)) and not _listed(manifest, denied)


def _listed(manifest: Object, kinds: list[Object] | tuple[()]) -> bool:
    api = manifest["apiVersion"]
    group = api.partition("/")[0] if "/" in api else ""
    return any(fnmatchcase(group, kind["group"]) and fnmatchcase(manifest["kind"], kind["kind"]) for kind in kinds)


def _namespace_is_allowed(namespace: str, patterns: list[str]) -> bool:
    """An object without a namespace goes to that of the Application."""
    return not namespace or any(fnmatchcase(namespace, pattern) for pattern in patterns)
