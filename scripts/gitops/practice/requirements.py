"""What a requirement says to whoever practises: the symptom, never the answer."""

from gitops.doctor import table
from gitops.manifests.rules import PROGRAM_RULES, RULES
from gitops.text import Text

_RULES = {one.name.replace("_", "-"): one.why for one in (*RULES, *PROGRAM_RULES)}
# The doctor's other checks of manifests: those that a student's change may break.
_CHECKS = {
    "files-are-valid-yaml": Text("A file is no YAML.", "YAML として読めないファイルがあります。"),
    "overlays-render": Text(
        "kustomize makes nothing of the overlay, and nothing is deployed.",
        "kustomize がオーバーレイを組み立てられず、何もデプロイされません。",
    ),
    "overlays-have-one-kustomization": Text(
        "The overlay has no kustomization, or two.", "オーバーレイに kustomization がないか、2 つあります。"
    ),
    "kustomizations-stay-inside-k8s": Text(
        "A kustomization names something outside k8s/, which is not fetched, nor run.",
        "kustomization が k8s/ の外のものを指しています。取りに行くことも、実行することもしません。",
    ),
    "labels-leave-selectors-alone": Text(
        "The cluster refuses the change: what a Deployment selects can never be changed.",
        "クラスターが変更を拒みます。Deployment のセレクターは後から変えられません。",
    ),
    "patches-match-an-object": Text(
        "A change that is in git never arrives, and nothing says so.",
        "git にある変更が、何も知らされないまま反映されません。",
    ),
    "projects-permit-every-object": Text(
        "Argo CD may not deploy an object of the overlay, and the sync fails.",
        "オーバーレイのオブジェクトを Argo CD がデプロイできず、同期が失敗します。",
    ),
    "image-entries-match-a-container": Text(
        "The version that git names is not the one that runs.", "git に書いたバージョンが、動いているものと違います。"
    ),
    "bases-do-not-rename-images": Text(
        "The version that the overlay names is ignored.", "オーバーレイの指定したバージョンが無視されます。"
    ),
    "image-entries-are-unique": Text(
        "Git names two versions for one image, and the last wins.",
        "1 つのイメージに git が 2 つのバージョンを指定していて、後のものが勝ちます。",
    ),
    "image-tags-are-text": Text("A tag is read as a number.", "タグが数として読まれます。"),
}


def is_rule(name: str) -> bool:
    """Where a rule finds something is what a student is to find; where a file is no YAML is not."""
    return name in _RULES


def says(name: str) -> Text:
    """For the id of any of the doctor's checks."""
    if known := _RULES.get(name) or _CHECKS.get(name):
        return known
    why = table.CHECKS[name].why
    return Text(why, f"検査 {name} が指摘しています：{why}")


def is_known(name: str) -> bool:
    """Whether it is said in both languages."""
    return name in _RULES or name in _CHECKS
