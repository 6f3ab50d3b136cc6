from tests.gitops.doctor.cases import case
from tests.gitops.doctor.repositories import Edit

SETTINGS = "k8s/overlays/production/gitops.yaml"
FOLLOWS = "follows: satomichi"
HELD = f"{FOLLOWS}\nholds:\n  backend:\n    reason: slow\n    rolled-back-from: 5d6e7f8\n"
OTHERS = "k8s/overlays/satomichi/gitops.yaml"


def misunderstood(line: str, text: str) -> tuple[str, str, Edit, Edit]:
    return "overlay-settings-are-understood", line, Edit(SETTINGS, FOLLOWS, text), Edit(SETTINGS, FOLLOWS, HELD)


CASES = [
    case(*misunderstood("- satomichi", "- satomichi")),
    case(*misunderstood("follow: satomichi", "follow: satomichi")),
    case(*misunderstood("follows: [satomichi]", "follows: [satomichi]")),
    case(*misunderstood("holds: backend", f"{FOLLOWS}\nholds: backend")),
    case(*misunderstood("bakend:", f"{FOLLOWS}\nholds:\n  bakend:\n    reason: slow")),
    case(*misunderstood("backend: slow", f"{FOLLOWS}\nholds:\n  backend: slow")),
    case(*misunderstood("until:", f"{FOLLOWS}\nholds:\n  backend:\n    reason: slow\n    until: 2026-01-01")),
    case(*misunderstood("reason: 2026-01-01", f"{FOLLOWS}\nholds:\n  backend:\n    reason: 2026-01-01")),
    case(*misunderstood("rolled-back-from: 12", HELD.replace("5d6e7f8", "12"))),
    case("overlay-settings-are-understood", "", Edit(OTHERS, "", "# nothing"), Edit(OTHERS, "", "{}")),
    case(
        "overlays-follow-what-moves",
        "follows: nobody",
        Edit(SETTINGS, FOLLOWS, "follows: nobody"),
        Edit(SETTINGS, FOLLOWS, "follows: main"),
    ),
    case(
        "overlays-follow-what-moves",
        "follows: production",
        Edit(OTHERS, "", "follows: production"),
        Edit(OTHERS, "", "follows: main"),
    ),
    case(
        "holds-say-why",
        "backend: {}",
        Edit(OTHERS, "", "holds:\n  backend: {}\n"),
        Edit(OTHERS, "", "holds:\n  backend: {reason: the exam}\n"),
    ),
]
