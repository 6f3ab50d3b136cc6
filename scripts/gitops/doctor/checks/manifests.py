"""Files under k8s, and what kustomize makes of them."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator

from gitops.doctor import argocd
from gitops.doctor.argocd import Application
from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout, Rendered
from gitops.doctor.layers import Affixes, Patch, absent, affixes, generated, is_called, layers, patches, unused
from gitops.doctor.nodes import Location, Node
from gitops.manifests.objects import Workload, at, workloads
from gitops.manifests.objects import name as name_of
from gitops.manifests.rules.projects import permitted_by
from gitops.manifests.rules.references import references
from gitops.overlays import kustomize_paths
from gitops.overlays.kustomize_paths import MANIFESTS, NAMES
from gitops.overlays.store import OVERLAYS
from gitops.text import Text


@check(
    "error",
    why=Text(
        "A file cannot be read as YAML, and what needs it stops or leaves it out.",
        "YAML として読めないファイルがあり、それを使うものが止まるか、読み飛ばします。",
    ),
    fix="Correct the line.",
)
def files_are_valid_yaml(checkout: Checkout) -> Iterator[Problem]:
    return (Problem(file.location, file.what) for file in checkout.unreadable)


@check(
    "error",
    why=Text(
        "kustomize clones and fetches whatever is an address, and git runs programs that an address may name: "
        "whoever renders the overlay runs them.",
        "kustomize はアドレスにあるものを取りに行き、git はアドレスの指すプログラムを実行します。"
        "オーバーレイを組み立てる人が、それを動かすことになります。",
    ),
    fix="Name files and folders of k8s/ by plain relative paths, and copy what comes from elsewhere.",
)
def kustomizations_stay_inside_k8s(checkout: Checkout) -> Iterator[Problem]:
    for path, text in checkout.texts(*kustomize_paths.NAMES, under=f"{MANIFESTS}/"):
        for reference in kustomize_paths.references(posixpath.dirname(path), text):
            if reference.problem:
                yield Problem(Location(path, reference.line), reference.problem)
    yield from (Problem(Location(path), problem) for path, problem in checkout.outside.items())


@check(
    "error",
    why=Text(
        "kustomize and Argo CD refuse a folder with two kustomizations, and gitops never looks at one with none.",
        "kustomization が 2 つあるフォルダーは kustomize と Argo CD が拒み、1 つもないフォルダーは gitops が見ません。",
    ),
    fix="Keep one file: kustomization.yaml, kustomization.yml or Kustomization.",
)
def overlays_have_one_kustomization(checkout: Checkout) -> Iterator[Problem]:
    folders: dict[str, list[str]] = defaultdict(list)
    for path in sorted(checkout.paths):
        if path.startswith(f"{OVERLAYS}/") and path.count("/") > 2:
            folders["/".join(path.split("/")[:3])].append(path)
    for folder, paths in folders.items():
        named = [path for path in paths if path in {f"{folder}/{name}" for name in NAMES}]
        if len(named) != 1:
            yield Problem(Location((named or paths)[-1]), f"{folder} has {len(named) or 'no'} kustomizations")


@check(
    "error",
    why=Text(
        "kustomize cannot build the overlay: Argo CD shows ComparisonError, and nothing is deployed.",
        "kustomize がオーバーレイを組み立てられません。Argo CD は ComparisonError になり、何もデプロイされません。",
    ),
    fix="Do as kustomize says.",
)
def overlays_render(checkout: Checkout) -> Iterator[Problem]:
    for name, rendered in checkout.rendered.items():
        if rendered.error and not rendered.refused:
            yield Problem(_mentioned(checkout, name, rendered.error), rendered.error)


@check(
    "error",
    why=Text(
        "The cluster refuses the change: what a Deployment selects can never be changed.",
        "クラスターが変更を拒みます。Deployment のセレクターは後から変えられません。",
    ),
    fix="Write `labels:` with `pairs:`, which leaves selectors alone.",
)
def labels_leave_selectors_alone(checkout: Checkout) -> Iterator[Problem]:
    for kustomization in checkout.kustomizations:
        node = kustomization.at("commonLabels")
        if node.value is not None:
            yield Problem(node.location, "commonLabels changes selectors")
        for entry in kustomization.at("labels").items():
            if entry.at("includeSelectors").value is True:
                yield Problem(entry.at("includeSelectors").location, "includeSelectors changes selectors")


@check(
    "warning",
    why=Text(
        "The object keeps its name when its content changes, so that no pod is replaced: what runs goes on with the "
        "old values.",
        "内容が変わっても名前が同じなので、Pod が入れ替わりません。動いているものは古い値のままです。",
    ),
    fix="Remove disableNameSuffixHash: with the hash of the content in its name, each change is a rollout.",
)
def config_changes_roll_out(checkout: Checkout) -> Iterator[Problem]:
    """A ConfigMap that no pod refers to may need a fixed name; a pod that a controller restarts names the
    controller."""
    works = [work for rendered in checkout.rendered.values() for work in workloads(rendered.objects)]
    needed = {
        (reference.kind, reference.name) for work in works if not _is_reloaded(work) for reference in references(work)
    }
    for layer in checkout.kustomizations:
        for kind, entry in generated(layer):
            for options in (layer.at("generatorOptions"), entry.at("options")):
                location, name = options.at("disableNameSuffixHash"), entry.at("name").text
                if location.value is True and any(kind == one and is_called(name, other) for one, other in needed):
                    yield Problem(location.location, f"{kind} {name} keeps its name when its content changes")


@check(
    "error",
    why=Text(
        "A change that is in git never reaches the cluster, and nothing says so.",
        "git にある変更がクラスターに届かず、それを知らせるものもありません。",
    ),
    fix="Give the target the kind and the name of an object that the overlay has.",
)
def patches_match_an_object(checkout: Checkout) -> Iterator[Problem]:
    """A patch must match in at least one overlay that has it; where an overlay does not render, that is not known."""
    users = defaultdict(list)
    for overlay, rendered in checkout.rendered.items():
        for layer in layers(checkout, overlay):
            users[layer.location.path].append(rendered)
    added = affixes(checkout.kustomizations)
    for layer in checkout.kustomizations:
        for patch in patches(checkout, layer):
            target, seen = patch.target, users[layer.location.path]
            if target.value is not None and seen and not any(_is_hit(patch, rendered, added) for rendered in seen):
                location = target.at("name" if target.at("name").value else "kind").location
                yield Problem(location, f"no object is a {_shown(target)}")


@check(
    "warning",
    why=Text(
        "A component that no overlay uses is neither deployed nor checked: it breaks unnoticed.",
        "どのオーバーレイも使わないコンポーネントは、デプロイも検査もされません。壊れても誰も気付きません。",
    ),
    fix="Name the component in the `components` of an overlay, say in its README when to use it, or remove it.",
)
def components_are_used_or_explained(checkout: Checkout) -> Iterator[Problem]:
    for component in unused(checkout).values():
        if f"{posixpath.dirname(component.location.path)}/README.md" not in checkout.paths:
            yield Problem(component.at("kind").location, "no overlay uses this component, and no README says when to")


@check(
    "error",
    why=Text(
        "Argo CD leaves the object out and fails the sync: `is not permitted in project`.",
        "Argo CD がそのオブジェクトをデプロイせず、同期が失敗します（`is not permitted in project`）。",
    ),
    fix="Add the kind to the project's whitelist, or take the component out of the overlay.",
)
def projects_permit_every_object(checkout: Checkout) -> Iterator[Problem]:
    """Of Applications with one name only one is in the cluster: which one decides, when their projects differ."""
    projects = argocd.projects(checkout)
    alike: dict[str, dict[str, Application]] = defaultdict(dict)
    for application in argocd.every(checkout):
        alike[application.name][application.project] = application
    for name, application in [(name, one) for same in alike.values() for name, one in same.items() if name in projects]:
        rendered = checkout.rendered.get(argocd.overlay_of(application), Rendered())
        location, sure = projects[name].at("spec", "namespaceResourceWhitelist").location, len(alike[name]) == 1
        for violation in permitted_by(projects[name].value)(rendered.objects):
            what = str(violation) if sure else f"{violation}, and another Application {name} has another project"
            yield Problem(location, what, decided=sure)


def _mentioned(checkout: Checkout, overlay: str, error: str) -> Location:
    """The line that names what is missing, else what the error names first, else the overlay."""
    if missing := next(absent(checkout, overlay), None):
        return missing
    nodes = (node for layer in layers(checkout, overlay) for node in layer.every() if isinstance(node.value, str))
    named = [(found.start(), node.location) for node in nodes if (found := re.search(_word(node.text), error))]
    return min(named, key=lambda one: one[0], default=(0, Location(checkout.kustomization_of(overlay))))[1]


def _is_hit(patch: Patch, rendered: Rendered, added: Affixes) -> bool:
    """Whether the patch is aimed at an object, by any name that the object has had, or may be where nothing was
    rendered."""
    return bool(rendered.error) or any(
        patch.is_aimed_at(str(rendered_object.get("kind")), name)
        for rendered_object in rendered.objects
        for name in added.without(name_of(rendered_object))
    )


def _is_reloaded(work: Workload) -> bool:
    """Whether a controller that looks for an annotation, such as Reloader, restarts the pods."""
    annotations = at(work.object, "metadata", "annotations", default={}).keys()
    return any("reload" in key for key in annotations)


def _shown(target: Node) -> str:
    return " ".join(f"{target.at(key).text}" for key in ("kind", "name", "labelSelector") if target.at(key).value)


def _word(text: str) -> str:
    return rf"(?<![\w./-]){re.escape(text)}(?![\w./-])" if "/" in text or "." in text else "(?!)"
