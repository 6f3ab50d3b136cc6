"""What a real registry, and a cluster that kubectl reaches, say against what git says."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gitops.doctor import survey
from gitops.doctor.checkout import Checkout, Rendered
from gitops.doctor.checks import online
from gitops.doctor.facts import Facts, Published
from gitops.registry import Registry, open_registry
from tests.gitops.doctor.cases_images import DIGEST, NAME, TAG
from tests.gitops.doctor.repositories import OVERLAY, Edit, edited
from tests.gitops.support.registry import TestRegistry

COMMIT = "1a" * 20
OTHER = "2b" * 20


@pytest.fixture
def client(registry: TestRegistry) -> Iterator[Registry]:
    opened = open_registry(registry.host, environment={})
    yield opened
    opened.close()


def deploying(host: str, digest: str) -> Checkout:
    """The real repository, whose overlay runs this image of COMMIT."""
    return edited(
        Edit(OVERLAY, NAME, f"{host}/online/k8s-practice-backend"),
        Edit(OVERLAY, TAG, f"newTag: sha-{COMMIT}"),
        Edit(OVERLAY, DIGEST, f"digest: {digest}"),
    )


def published(checkout: Checkout, client: Registry, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    monkeypatch.setattr(survey, "running", lambda _: {})
    return replace(checkout, facts=survey.ask(checkout, client))


class TestRegistryAnswers:
    def test_an_image_that_is_there_is_no_finding(
        self, registry: TestRegistry, client: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        digest = registry.push("online/k8s-practice-backend", f"sha-{COMMIT}", COMMIT)
        checkout = published(deploying(registry.host, digest), client, monkeypatch)
        assert list(checkout.facts.published.values()) == [Published()]

    def test_an_image_that_was_deleted_is_found(
        self, registry: TestRegistry, client: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        checkout = published(deploying(registry.host, f"sha256:{'0a' * 32}"), client, monkeypatch)
        (found,) = online.images_exist_in_the_registry.find(checkout)
        assert checkout.files[OVERLAY].splitlines()[found.place.line - 1].strip().startswith("digest: sha256:0a")

    def test_an_image_of_another_commit_is_found(
        self, registry: TestRegistry, client: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        digest = registry.push("online/k8s-practice-backend", f"sha-{COMMIT}", OTHER)
        checkout = published(deploying(registry.host, digest), client, monkeypatch)
        (found,) = online.images_are_what_their_tag_says.find(checkout)
        assert OTHER in found.what

    def test_an_image_for_one_platform_only_is_found(
        self, registry: TestRegistry, client: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        digest = registry.push("online/k8s-practice-backend", f"sha-{COMMIT}", COMMIT, platforms=["linux/amd64"])
        checkout = published(deploying(registry.host, digest), client, monkeypatch)
        (found,) = online.images_are_what_their_tag_says.find(checkout)
        assert "linux/arm64" in found.what

    def test_what_was_never_deployed_is_not_asked_for(
        self, registry: TestRegistry, client: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert published(edited(), client, monkeypatch).facts.published == {}


class TestFacts:
    """What the registry may say that a registry without accounts cannot."""

    REFERENCE = f"{NAME}:sha-{COMMIT}@sha256:{'0a' * 32}"

    def checkout(self, one: Published) -> Checkout:
        return replace(deploying("ghcr.io", f"sha256:{'0a' * 32}"), facts=Facts({self.REFERENCE: one}))

    @pytest.fixture(autouse=True)
    def same_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(TestFacts, "REFERENCE", self.REFERENCE.replace("/satomichi/", "/online/"))

    def test_a_private_image_is_found(self) -> None:
        assert list(online.images_can_be_pulled_by_anybody.find(self.checkout(Published(closed="private"))))

    def test_a_private_image_is_fine_where_pods_have_a_secret_to_pull_it_with(self) -> None:
        pod = {"imagePullSecrets": [{"name": "ghcr"}], "containers": []}
        deployment = {"kind": "Deployment", "metadata": {"name": "backend"}, "spec": {"template": {"spec": pod}}}
        checkout = replace(self.checkout(Published(closed="private")), rendered={"satomichi": Rendered([deployment])})
        assert list(online.images_can_be_pulled_by_anybody.find(checkout)) == []

    @pytest.mark.parametrize(("attested", "count"), [(False, 1), (True, 0), (None, 0)])
    def test_an_image_without_attestation_is_found(self, attested: bool | None, count: int) -> None:
        assert len(list(online.images_are_attested.find(self.checkout(Published(attested=attested))))) == count


class TestCluster:
    IMAGE = f"{NAME}:sha-{'0' * 40}@sha256:{'0' * 64}"

    @pytest.fixture
    def kubectl(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A kubectl of one cluster, whose answer is the file that this returns."""
        answer, program = tmp_path / "answer.json", tmp_path / "kubectl"
        program.write_text(f'#!/bin/sh\n[ "$2" = satomichi ] && exec cat {answer}\nexit 1\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        return answer

    @staticmethod
    def answer(image: str) -> str:
        pod = {"containers": [{"name": "backend", "image": image}]}
        return json.dumps({"items": [{"metadata": {"name": "backend"}, "spec": {"template": {"spec": pod}}}]})

    @pytest.mark.parametrize(("image", "count"), [(IMAGE, 0), (f"{NAME}:latest", 1)])
    def test_what_runs_is_compared_with_what_git_says(self, kubectl: Path, image: str, count: int) -> None:
        kubectl.write_text(self.answer(image))
        running = survey.running(["gutenberg-search-production", "satomichi"])
        assert running == {"satomichi": {"backend/backend": image}}
        checkout = replace(edited(), facts=Facts(running=running))
        assert len(list(online.the_cluster_runs_what_git_says.find(checkout))) == count

    def test_without_kubectl_nothing_is_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        assert survey.running(["satomichi"]) == {}
