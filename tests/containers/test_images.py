"""What the images hold and how large they are. Every script here runs in a container, as root."""

import json
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from bootstrap.processes import ROOT
from tests.containers.conftest import corpus_dir
from tests.containers.engine import docker, image, in_image, inspect

COMPONENTS = ("backend", "frontend")
USERS = {"backend": "10001:10001", "frontend": "101:101"}
MEGABYTE = 1_000_000

pytestmark = pytest.mark.usefixtures("images")
each = pytest.mark.parametrize("component", COMPONENTS)


def base(component: str) -> str:
    """The image of the last FROM."""
    text = (ROOT / component / "Dockerfile").read_text()
    return str(re.findall(r"^FROM (\S+)", text, re.M)[-1])


@pytest.mark.parametrize(("component", "most"), [("backend", 110), ("frontend", 3)])
def test_an_image_adds_little_to_its_base(component: str, most: int) -> None:
    added = inspect(image(component))["Size"] - inspect(base(component))["Size"]
    assert added / MEGABYTE <= most


@each
def test_the_user_is_a_number_so_that_kubernetes_can_tell_it_is_not_root(component: str) -> None:
    assert inspect(image(component))["Config"]["User"] == USERS[component]


@each
def test_no_program_runs_with_the_rights_of_another_user(component: str) -> None:
    assert in_image(component, "find / -xdev -perm /6000 -type f") == ""


@each
def test_the_user_owns_nothing_but_what_the_base_image_gave_it(component: str) -> None:
    user = USERS[component].split(":")[0]
    ours = {"backend": "/srv /venv", "frontend": "/usr/share/nginx/html /docker-entrypoint.d"}[component]
    assert in_image(component, f"find {ours} ! -type l \\( -user {user} -o -perm /022 \\) -mindepth 1") == ""


@each
def test_there_is_no_compiler(component: str) -> None:
    names = "cc gcc g++ c++ clang tcc make cargo rustc go ld"
    assert in_image(component, f"for name in {names}; do command -v $name; done; true") == ""


@each
def test_there_is_no_shell_history(component: str) -> None:
    histories = in_image(component, "find / -xdev -name '.*_history' -o -xdev -name .lesshst -o -xdev -name .wget-hsts")
    assert histories == ""


@each
def test_there_is_no_secret_in_files_or_in_the_history(component: str) -> None:
    ours = {"backend": "/srv/app /venv", "frontend": "/usr/share/nginx/html /etc/nginx"}[component]
    kinds = r"BEGIN [A-Z ]*PRIVATE KEY|gh[pousr]_[A-Za-z0-9]{36}|AKIA[0-9A-Z]{16}|npm_[A-Za-z0-9]{36}|pypi-AgEI"
    assert in_image(component, f"grep -rlE '{kinds}' {ours} || true") == ""
    assert (
        in_image(component, "find / -xdev -name .netrc -o -xdev -name .npmrc -o -xdev -name pip.conf -o -name .git")
        == ""
    )
    history = docker("history", "--no-trunc", "--format", "{{.CreatedBy}}", image(component))
    assert not re.search(rf"{kinds}|password|passwd=|token|secret", history, re.I)


def test_the_backend_holds_only_what_serves() -> None:
    packages = in_image("backend", "ls /venv/lib/python3*/site-packages").split()
    assert not {"nltk", "rich", "pip", "pytest", "regex", "joblib"} & set(packages)
    assert in_image("backend", "find /srv -name 'test*' -o -name 'requirements*'") == ""


def test_the_backend_starts_from_compiled_modules() -> None:
    sources = in_image("backend", "cd /srv/app && find . -name '*.py' | wc -l")
    assert in_image("backend", "cd /srv/app && find . -name '*.pyc' | wc -l") == sources
    # With a quoted name for what was compiled, else the name of the source.
    started = in_image("backend", "python -v -c 'import app.server' 2>&1")
    assert "# code object from '/" in started
    assert re.findall(r"^# code object from (?!')\S+", started, re.M) == []


def test_the_frontend_holds_only_the_built_page() -> None:
    files = in_image("frontend", "cd /usr/share/nginx/html && find . -type f").split()
    kinds = {Path(name).suffix for name in files}
    assert kinds <= {".html", ".js", ".css", ".svg", ".gz", ".woff2", ".png", ".ico", ".txt", ".webmanifest"}


@each
def test_labels_and_the_program_name_the_build(component: str) -> None:
    given = {
        "VERSION": "1.2.3",
        "COMMIT": "c0ffee" + "0" * 34,
        "CREATED": "2026-01-02T03:04:05Z",
        "SOURCE": "https://github.com/some/one",
    }
    build(
        component, ROOT, f"test-labels-{component}", *(f"--build-arg={name}={value}" for name, value in given.items())
    )
    config = inspect(f"test-labels-{component}")["Config"]
    docker("rmi", f"test-labels-{component}")
    labels = {name.rpartition(".")[2]: value for name, value in config["Labels"].items()}
    expected = {"version": "1.2.3", "revision": given["COMMIT"], "created": given["CREATED"], "source": given["SOURCE"]}
    assert expected.items() <= labels.items()
    if component == "backend":
        assert {f"GUTENBERG_VERSION={given['VERSION']}", f"GUTENBERG_COMMIT={given['COMMIT']}"} <= set(config["Env"])


@pytest.mark.parametrize(
    ("component", "file", "line"),
    [("backend", "backend/app/api/app.py", "# changed"), ("frontend", "frontend/src/App.svelte", "<!-- changed -->")],
)
def test_a_source_change_installs_no_package_and_makes_no_index_again(
    component: str, file: str, line: str, tmp_path: Path
) -> None:
    for name in docker_context(component):
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy)
    tag = f"test-rebuild-{component}"
    changed = tmp_path / file
    for _ in range(2):
        changed.write_text(f"{changed.read_text()}\n{line} {time.time()}\n")
        ran = steps(build(component, tmp_path, tag))
    docker("rmi", tag)
    assert any("compileall" in step or "npm run build" in step for step in ran)
    assert not any(work in step for step in ran for work in ("pip ", "npm ci", "app.index build"))


def steps(log: str) -> list[str]:
    """The steps that a build ran, by what it printed; not those that it had in its cache."""
    cached = set(re.findall(r"^#(\d+) CACHED$", log, re.MULTILINE))
    return [step for number, step in re.findall(r"^#(\d+) (\[.+)$", log, re.MULTILINE) if number not in cached]


def docker_context(component: str) -> list[str]:
    """The files of git that the build may see."""
    tracked = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", component], cwd=ROOT, capture_output=True)
    return tracked.stdout.decode().split()


def build(component: str, context: Path, tag: str, *options: str) -> str:
    """Builds an image, and returns what each step printed."""
    corpus = [f"--build-context=corpus={folder}" for folder in corpus_dir().values() if component == "backend"]
    file = str(context / component / "Dockerfile")
    words = ["docker", "build", "--progress=plain", "--file", file, "--tag", tag, *corpus, *options, str(context)]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stderr


def index_of(corpus: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """The build of the stage that makes the index, which prints what each step prints."""
    context = f"--build-context=corpus={corpus}"
    command = ["docker", "build", "--progress=plain", "--target=index", "--file=backend/Dockerfile", context, *options]
    return subprocess.run([*command, "."], cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("corpora", "the build context corpus has no corpora/gutenberg.zip that NLTK can read"),
        ("books", "The folder /corpus holds no"),
    ],
)
def test_an_image_without_the_books_is_not_built(tmp_path: Path, folder: str, said: str) -> None:
    (tmp_path / folder).mkdir()
    done = index_of(tmp_path)
    assert done.returncode != 0
    assert re.search(rf"^#\d+ [\d.]+ error: {re.escape(said)}", done.stderr, re.MULTILINE), done.stderr


def test_a_folder_of_books_becomes_the_index_of_an_image(tmp_path: Path) -> None:
    books, image_id = tmp_path / "books", tmp_path / "image"
    books.mkdir()
    (books / "fish.txt").write_text("A marlin leapt.\n")
    done = index_of(books, f"--iidfile={image_id}")
    assert done.returncode == 0, done.stderr
    made = json.loads(docker("run", "--rm", image_id.read_text(), "cat", "/srv/index/manifest.json"))
    docker("rmi", image_id.read_text())
    assert (made["shelf"], made["books"]) == ("own", 1)
