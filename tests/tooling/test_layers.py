"""Code imports only from the layers below it, so that a part can be read and changed without its users."""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bootstrap.processes import ROOT

# From the bottom up. The longest name that fits tells where a module lies; modules of one line do not know each other.
GITOPS: tuple[tuple[str, ...], ...] = (
    (
        "deadline",
        "errors",
        "files",
        "image_tags",
        "json_values",
        "printable",
        "processes",
        "template",
        "text",
        "yaml_bounds",
    ),
    ("model",),
    ("cluster", "desired", "registry", "yaml_values"),
    ("yaml_splice",),
    ("yaml_files",),
    ("manifests",),
    ("overlays",),
    ("git",),
    ("operations", "output"),
    ("session",),
    ("doctor",),
    ("commands", "practice"),
    ("cli",),
    ("__main__",),
)
BACKEND: tuple[tuple[str, ...], ...] = (
    ("errors", "logs", "page", "settings", "writing"),
    ("words",),
    ("corpus",),
    ("index", "search.query"),
    ("models", "search.function_words", "search.passages"),
    ("search.places", "search.request"),
    ("search.matching",),
    ("search.reader", "search.results", "search.words"),
    ("search",),
    ("api",),
    ("shutdown",),
    ("server",),
    ("__main__",),
)
PAGE: tuple[tuple[str, ...], ...] = (
    ("lib",),
    ("test",),
    ("components",),
    ("views/about", "views/compare", "views/library", "views/reader", "views/search", "views/words"),
    ("views",),
    ("App",),
    ("main", "api-docs"),
)

Import = tuple[str, str]


def python_imports(folder: Path, package: str) -> Iterator[Import]:
    modules = {
        ".".join(path.relative_to(folder.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in folder.rglob("*.py")
    }
    for module, path in sorted(modules.items()):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == package:
                for name in node.names:
                    whole = f"{node.module}.{name.name}"
                    imported = whole if whole in modules else node.module
                    yield module.removeprefix(f"{package}."), imported.removeprefix(f"{package}.")


def page_imports(folder: Path) -> Iterator[Import]:
    files = [*folder.rglob("*.ts"), *folder.rglob("*.svelte")]
    modules = {str(path.relative_to(folder)).partition(".")[0]: path for path in files if ".test." not in path.name}
    for module, path in sorted(modules.items()):
        for relative in re.findall(r"""(?:from|import\()\s*['"](\.[^'"]+)['"]""", path.read_text()):
            imported = str((path.parent / relative).resolve().relative_to(folder.resolve())).partition(".")[0]
            yield module, imported if imported in modules else f"{imported}/index"


def layer_of(module: str, layers: Sequence[Sequence[str]]) -> tuple[int, str]:
    def holds(part: str) -> bool:
        return module == part or module.startswith((f"{part}.", f"{part}/"))

    fitting = [(len(part), height, part) for height, layer in enumerate(layers) for part in layer if holds(part)]
    assert fitting, f"{module} is in no layer: add it to {Path(__file__).name}"
    _, height, part = max(fitting)
    return height, part


def upward(imports: Iterator[Import], layers: Sequence[Sequence[str]]) -> list[str]:
    wrong = []
    for module, imported in imports:
        (height, part), (other_height, other) = layer_of(module, layers), layer_of(imported, layers)
        if part != other and height <= other_height:
            wrong.append(f"{module} imports {imported}")
    return wrong


@pytest.mark.parametrize(
    ("imports", "layers"),
    [
        pytest.param(python_imports(ROOT / "scripts/gitops", "gitops"), GITOPS, id="gitops"),
        pytest.param(python_imports(ROOT / "backend/app", "app"), BACKEND, id="backend"),
        pytest.param(page_imports(ROOT / "frontend/src"), PAGE, id="page"),
    ],
)
def test_a_part_imports_only_what_lies_below_it(imports: Iterator[Import], layers: Sequence[Sequence[str]]) -> None:
    assert upward(imports, layers) == []


def test_an_import_of_what_lies_above_is_found() -> None:
    assert upward(iter([("git.client", "operations.update")]), GITOPS) == ["git.client imports operations.update"]


def past_the_front(imports: Iterator[Import], house: str) -> list[str]:
    """Imports from another room of the house, or from outside of it, of what is not in the room's own `__init__`."""

    def room(module: str) -> str:
        return ".".join(module.split(".")[:2])

    return [
        f"{module} imports {imported}"
        for module, imported in imports
        if imported.startswith(f"{house}.") and room(module) != room(imported) != imported
    ]


def test_a_room_of_the_search_has_one_way_in() -> None:
    assert past_the_front(python_imports(ROOT / "backend/app", "app"), "search") == []


def test_an_import_past_the_front_of_a_room_is_found() -> None:
    imports = [("search.words.concordance", "search.query.tree"), ("search.query.parser", "search.query.tree")]
    assert past_the_front(iter(imports), "search") == ["search.words.concordance imports search.query.tree"]


@pytest.mark.parametrize(
    "imports",
    [
        pytest.param(python_imports(ROOT / "scripts/gitops", "gitops"), id="gitops"),
        pytest.param(python_imports(ROOT / "backend/app", "app"), id="backend"),
        pytest.param(page_imports(ROOT / "frontend/src"), id="page"),
    ],
)
def test_no_module_imports_itself_by_way_of_others(imports: Iterator[Import]) -> None:
    graph: dict[str, set[str]] = {}
    for module, imported in imports:
        graph.setdefault(module, set()).add(imported)
    while leaves := [module for module, others in graph.items() if not others & graph.keys()]:
        for module in leaves:
            del graph[module]
    assert graph == {}
