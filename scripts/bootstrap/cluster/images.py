"""Builds and pushes the images of a commit, as the workflow does."""

import os
from datetime import UTC, datetime
from pathlib import Path

from bootstrap.cluster.fork import Fork
from bootstrap.cluster.programs import output
from bootstrap.processes import ROOT

COMPONENTS = ("backend", "frontend")


def needed(fork: Fork) -> list[str]:
    """The components that have changed since their newest image."""
    return [name for name in COMPONENTS if fork.gitops("build-needed", name).endswith("needed=true")]


def build(fork: Fork, component: str, commit: str) -> None:
    """Builds a component of the clone, and pushes it under the tag that gitops looks for."""
    image = f"{fork.image(component)}:sha-{commit}"
    arguments = {
        "VERSION": commit[:7],
        "COMMIT": commit,
        "CREATED": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "SOURCE": f"{fork.endpoints.git_url}/{fork.slug}",
    }
    options = [f"--build-arg={name}={value}" for name, value in arguments.items()]
    books = [f"--build-context=corpus={folder}" for folder in _corpora()[:1]]
    words = ("--quiet", "--tag", image, "--file", f"{component}/Dockerfile", *options, *books, ".")
    output("docker", "build", *words, folder=fork.clone)
    output("docker", "push", "--quiet", image)


def _corpora() -> list[Path]:
    """Folders on this machine that have the books; without any, the build fetches them."""
    named = (os.environ.get("CORPUS_DIR"), os.environ.get("NLTK_DATA"))
    places = [*(Path(place) for place in named if place), ROOT / "build/nltk_data"]
    return [place.resolve() for place in places if (place / "corpora/gutenberg.zip").exists()]
