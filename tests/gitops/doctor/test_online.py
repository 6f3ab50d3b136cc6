"""Compares what a real registry, and a cluster that kubectl reaches, say with what git says."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gitops import cluster
from gitops.cluster import Deployment, Namespace
from gitops.doctor import survey
from gitops.doctor.all_checks import examine
from gitops.doctor.checkout import Checkout, Rendered
from gitops.doctor.checks import online
from gitops.doctor.facts import Facts, Published
from gitops.doctor.nodes import Location
from gitops.model import NO_DIGEST
from gitops.registry import Registry, open_registry
from tests.gitops.doctor.cases_images import DIGEST, NAME, TAG
from tests.gitops.doctor.repositories import OVERLAY, Edit, edited
from tests.gitops.support.registry import TestRegistry

COMMIT = "1a" * 20
OTHER = "2b" * 20
REPOSITORY = "satomichi/online"

SECRETS = {"imagePullSecrets": [{"name": "ghcr"}]}
POD = {
    "kind": "Deployment",
    "metadata": {"name": "backend"},
    "spec": {"template": {"spec": {"containers": [], **SECRETS}}},
}
ACCOUNT = {"kind": "ServiceAccount", "metadata": {"name": "backend"}, **SECRETS}

Found = Callable[[], list[tuple[str, str]]]


@pytest.fixture
def client(registry: TestRegistry) -> Iterator[Registry]:
    opened = open_registry(registry.host, environment={})
    yield opened
    opened.close()


def deploying(host: str, digest: str) -> Checkout:
    """The real repository, whose overlay runs this image of COMMIT."""
    return edited(
        Edit(OVERLAY, NAME, f"{host}/{REPOSITORY}"),
        Edit(OVERLAY, TAG, f"newTag: sha-{COMMIT}"),
        Edit(OVERLAY, DIGEST, f"digest: {digest}"),
    )


def published(checkout: Checkout, client: Registry, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    monkeypatch.setattr(cluster, "look", lambda _: {})
    return replace(checkout, facts=survey.ask(checkout, client))


class TestRegistryAnswers:
    def test_an_image_that_is_there_is_no_finding(
        self, registry: TestRegistry, client: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        digest = registry.push(REPOSITORY, f"sha-{COMMIT}", COMMIT)
        registry.attest(REPOSITORY, digest, COMMIT)
        checkout = published(deploying(registry.host, digest), client, monkeypatch)
        assert list(checkout.facts.published.values()) == [Published()]
        assert examine(checkout) == []

    def test_an_image_that_was_deleted_is_found(
        self, registry: TestRegistry, client: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        checkout = published(deploying(registry.host, f"sha256:{'0a' * 32}"), client, monkeypatch)
        (problem,) = online.images_exist_in_the_registry.find(checkout)
        assert checkout.files[OVERLAY].splitlines()[problem.location.line - 1].strip().startswith("digest: sha256:0a")

    def test_an_image_that_lost_a_platform_is_found(
        self, registry: TestRegistry, client: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The registry here is as after the deletion of untagged versions, which are the parts of an index."""
        digest = registry.push(REPOSITORY, f"sha-{COMMIT}", COMMIT, salt="lost")
        lost = registry.children(REPOSITORY, digest)["arm64"]
        registry.delete(REPOSITORY, lost)
        checkout = published(deploying(registry.host, digest), client, monkeypatch)
        (problem,) = online.images_exist_in_the_registry.find(checkout)
        assert "has lost its image for linux/arm64" in problem.what

    def test_a_tag_that_was_deleted_is_told_from_an_image_that_was(
        self, registry: TestRegistry, client: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        registry.delete(REPOSITORY, registry.push(REPOSITORY, f"sha-{COMMIT}", COMMIT, salt="tagged"))
        checkout = published(deploying(registry.host, registry.push(REPOSITORY, "other", COMMIT)), client, monkeypatch)
        assert list(online.images_exist_in_the_registry.find(checkout)) == []
        (problem,) = online.images_are_what_their_tag_says.find(checkout)
        assert f"the tag sha-{COMMIT} is gone" in problem.what

    def test_an_image_of_another_commit_is_found(
        self, registry: TestRegistry, client: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        digest = registry.push(REPOSITORY, f"sha-{COMMIT}", OTHER)
        checkout = published(deploying(registry.host, digest), client, monkeypatch)
        (problem,) = online.images_are_what_their_tag_says.find(checkout)
        assert OTHER in problem.what

    def test_an_image_for_one_platform_only_is_found(
        self, registry: TestRegistry, client: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        digest = registry.push(REPOSITORY, f"sha-{COMMIT}", COMMIT, platforms=["linux/amd64"])
        checkout = published(deploying(registry.host, digest), client, monkeypatch)
        (problem,) = online.images_are_what_their_tag_says.find(checkout)
        assert "linux/arm64" in problem.what

    def test_an_image_that_was_never_deployed_is_not_asked_for(
        self, registry: TestRegistry, client: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert published(edited(), client, monkeypatch).facts.published == {}


class TestAttestations:
    """The attestations of an image, as actions/attest pushes them, are compared with what runs."""

    @pytest.fixture
    def digest(self, registry: TestRegistry, request: pytest.FixtureRequest) -> str:
        """An image of COMMIT that no other test has attested."""
        return registry.push(REPOSITORY, f"sha-{COMMIT}", COMMIT, salt=request.node.name)

    @pytest.fixture
    def found(self, registry: TestRegistry, client: Registry, digest: str, monkeypatch: pytest.MonkeyPatch) -> Found:
        """The problems that the doctor finds in the image: the checks, and what they say."""

        def ask() -> list[tuple[str, str]]:
            checkout = published(deploying(registry.host, digest), client, monkeypatch)
            return [(finding.check.id, finding.what) for finding in examine(checkout)]

        return ask

    def test_none_is_found(self, found: Found) -> None:
        assert found() == [("images-are-attested", "the registry holds no attestation of this digest")]

    def test_a_statement_about_something_else_than_the_build_is_none(
        self, registry: TestRegistry, digest: str, found: Found
    ) -> None:
        registry.attest(REPOSITORY, digest, COMMIT, predicate_type="https://spdx.dev/Document")
        assert [check for check, _ in found()] == ["images-are-attested"]

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"commit": OTHER}, f"says that {OTHER} was built, the tag says {COMMIT}"),
            ({"about": f"sha256:{'0a' * 32}"}, f"is about sha256:{'0a' * 32}, not about sha256:"),
            ({"source": "https://github.com/somebody/else"}, "says that https://github.com/somebody/else built it"),
        ],
        ids=["commit", "digest", "repository"],
    )
    def test_one_that_says_something_else_is_found_also_beside_a_good_one(
        self, registry: TestRegistry, digest: str, found: Found, wrong: dict[str, str], words: str
    ) -> None:
        registry.attest(REPOSITORY, digest, COMMIT)
        registry.attest(REPOSITORY, digest, **({"commit": COMMIT} | wrong))
        ((check, what),) = found()
        assert check == "attestations-agree-with-the-image"
        assert words in what

    @pytest.mark.parametrize(
        ("bundle", "said"),
        [
            (b"", "is not valid JSON"),
            (b"[" * 100_000, "is not valid JSON"),
            (b"[]", "is not a JSON object"),
            (b'{"dsseEnvelope": {"payload": "e30="}}', "is not a statement of a GitHub workflow about a build"),
            (b'{"dsseEnvelope": {"payload": "e"}}', "is not a statement of a GitHub workflow about a build"),
            (b'{"dsseEnvelope": 1}', "is not a statement of a GitHub workflow about a build"),
        ],
    )
    def test_one_that_cannot_be_understood_is_found(
        self, registry: TestRegistry, digest: str, found: Found, bundle: bytes, said: str
    ) -> None:
        registry.attach(REPOSITORY, digest, bundle)
        ((check, what),) = found()
        assert check == "attestations-agree-with-the-image"
        assert said in what

    def test_one_that_was_deleted_is_found(self, registry: TestRegistry, digest: str, found: Found) -> None:
        registry.delete(REPOSITORY, registry.attach(REPOSITORY, digest, b"{}"))
        ((check, what),) = found()
        assert check == "attestations-agree-with-the-image"
        assert "is listed, but gone" in what


class TestFacts:
    """Answers of registries with accounts, which the registry of these tests cannot give."""

    REFERENCE = f"ghcr.io/{REPOSITORY}:sha-{COMMIT}@sha256:{'0a' * 32}"

    def checkout(self, published: Published) -> Checkout:
        return replace(deploying("ghcr.io", f"sha256:{'0a' * 32}"), facts=Facts({self.REFERENCE: published}))

    def test_a_private_image_is_found(self) -> None:
        assert list(online.images_can_be_pulled_by_anybody.find(self.checkout(Published(closed="private"))))

    @pytest.mark.parametrize("overlay", ["satomichi", "production"])
    @pytest.mark.parametrize("having", [POD, ACCOUNT], ids=lambda one: one["kind"])
    def test_a_private_image_is_fine_where_pods_have_a_secret_to_pull_it_with(
        self, having: dict[str, Any], overlay: str
    ) -> None:
        checkout = replace(self.checkout(Published(closed="private")), rendered={overlay: Rendered([having])})
        problems = list(online.images_can_be_pulled_by_anybody.find(checkout))
        assert len(problems) == (0 if overlay == "satomichi" else 1)


@pytest.fixture
def kubectl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kubectl of one cluster, whose answer is the file that this returns. It does not show all namespaces."""
    answer, program = tmp_path / "answer.json", tmp_path / "kubectl"
    program.write_text(
        f'#!/bin/sh\ncase "$*" in *satomichi*|*argocd*) exec cat {answer};; *--raw*) exit 0;; esac\nexit 1\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return answer


class TestCluster:
    IMAGE = f"{NAME}:sha-{'0' * 40}@sha256:{'0' * 64}"

    @staticmethod
    def answer(image: str) -> str:
        pod = {"containers": [{"name": "backend", "image": image}]}
        metadata = {"name": "backend", "namespace": "satomichi"}
        deployment = {"kind": "Deployment", "metadata": metadata, "spec": {"template": {"spec": pod}}}
        return json.dumps({"items": [deployment]})

    @pytest.mark.parametrize(("image", "count"), [(IMAGE, 0), (f"{NAME}:latest", 1)])
    def test_running_images_are_compared_with_those_in_git(self, kubectl: Path, image: str, count: int) -> None:
        kubectl.write_text(self.answer(image))
        running = cluster.look(["gutenberg-search-production", "satomichi"])
        assert {name: one["backend"].images for name, one in running.items()} == {"satomichi": {"backend": image}}
        checkout = replace(edited(), facts=Facts(deployments=running))
        assert len(list(online.the_cluster_runs_what_git_says.find(checkout))) == count

    def test_a_namespace_that_is_empty_is_told_from_one_that_is_not_there(self, kubectl: Path) -> None:
        kubectl.write_text('{"items": []}')
        assert cluster.look(["gutenberg-search-production", "satomichi"]) == {"satomichi": {}}

    def test_of_all_namespaces_those_that_are_not_there_are_left_out(self, kubectl: Path) -> None:
        (kubectl.parent / "kubectl").write_text(f"#!/bin/sh\nexec cat {kubectl}\n")
        kubectl.write_text(json.dumps({"items": [{"kind": "Namespace", "metadata": {"name": "satomichi"}}]}))
        assert cluster.look(["gutenberg-search-production", "satomichi"]) == {"satomichi": {}}

    def test_without_kubectl_nothing_is_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        assert cluster.look(["satomichi"]) == {}


class TestReadiness:
    def found(self, namespace: Namespace) -> list[str]:
        deployed = edited(*[Edit(OVERLAY, NO_DIGEST, f"sha256:{'1' * 64}")] * 2, rendering=True)
        return self.found_in(deployed, satomichi=namespace)

    @staticmethod
    def found_in(checkout: Checkout, **namespaces: Namespace) -> list[str]:
        asked = replace(checkout, facts=Facts(deployments=namespaces))
        return [one.what for one in online.deployments_are_ready.find(asked)]

    def test_a_ready_deployment_is_no_finding(self) -> None:
        assert self.found({name: Deployment({}, 2, 2, "") for name in ("backend", "frontend")}) == []

    def test_a_deployment_that_is_missing_or_unwell_is_named(self) -> None:
        unwell = Deployment({}, 0, 2, "ImagePullBackOff, 0 of 2 pods are ready")
        assert self.found({"backend": unwell}) == [
            "backend: ImagePullBackOff, 0 of 2 pods are ready",
            "frontend is not in the cluster",
        ]

    def test_where_nothing_is_left_all_of_it_is_named(self) -> None:
        assert self.found({}) == ["backend is not in the cluster", "frontend is not in the cluster"]

    def test_an_overlay_that_was_never_deployed_or_has_no_namespace_is_not_missed(self) -> None:
        assert self.found_in(edited(), satomichi={}) == []
        assert self.found_in(edited(*[Edit(OVERLAY, NO_DIGEST, f"sha256:{'1' * 64}")] * 2, rendering=True)) == []


NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


class TestArgoCD:
    def answer(self, **status: Any) -> str:
        well = {"sync": {"status": "Synced"}, "health": {"status": "Healthy"}, "reconciledAt": "2026-01-01T11:58:00Z"}
        application = {"metadata": {"name": "gutenberg-search-satomichi"}, "status": {**well, **status}}
        return json.dumps({"items": [application]})

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            ({}, ""),
            ({"sync": {"status": "OutOfSync"}}, "OutOfSync"),
            ({"health": {"status": "Degraded"}}, "Degraded"),
            ({"reconciledAt": "2026-01-01T10:00:00Z"}, "has not looked at it since 2026-01-01 10:00 UTC: does it run?"),
            ({"conditions": [{"type": "ComparisonError", "message": "no such branch"}]}, "no such branch"),
        ],
    )
    def test_an_application_that_does_not_bring_its_commit_to_the_cluster_is_named(
        self, kubectl: Path, status: dict[str, Any], words: str
    ) -> None:
        kubectl.write_text(self.answer(**status))
        applications = survey.applications(NOW)
        checkout = replace(edited(), facts=Facts(applications=applications))
        problems = list(online.argocd_follows_git.find(checkout))
        assert [words in problem.what for problem in problems] == ([True] if words else [])


def test_an_image_of_many_overlays_is_named_once() -> None:
    location, other = Location("k8s/overlays/a/kustomization.yaml", 3), Location("k8s/overlays/b/kustomization.yaml", 3)
    contradictions = [
        (location, "one", "is gone"),
        (other, "one", "is gone"),
        (other, "two", "is gone"),
        (location, "three", ""),
    ]
    assert [(problem.location, problem.what) for problem in online.once(contradictions)] == [
        (location, "is gone (and in k8s/overlays/b/kustomization.yaml)"),
        (other, "is gone"),
    ]
