"""Where attestations are looked for; doctor/test_online.py tests what is read in them."""

import json
from collections.abc import Iterator

import pytest

from gitops import errors
from gitops.registry import Registry, attestations, open_registry
from tests.gitops.support.faulty import FaultyRegistry, Handler, running
from tests.gitops.support.registry import BUNDLE

REPOSITORY = "satomichi/k8s-practice-backend"
DIGEST = f"sha256:{'0a' * 32}"


@pytest.fixture
def faulty() -> Iterator[FaultyRegistry]:
    with running(FaultyRegistry()) as registry:
        yield registry


@pytest.fixture
def client(faulty: FaultyRegistry) -> Iterator[Registry]:
    opened = open_registry(faulty.host, environment={})
    yield opened
    opened.close()


def test_a_registry_that_lists_what_refers_to_an_image_is_asked_for_the_list(
    faulty: FaultyRegistry, client: Registry
) -> None:
    assert client.provenances(REPOSITORY, DIGEST) == []
    assert faulty.requests == [f"GET /v2/{REPOSITORY}/referrers/{DIGEST}"]


def test_ghcr_is_only_asked_for_the_tag_that_stands_for_the_list() -> None:
    assert attestations.lists("ghcr.io", DIGEST) == [f"manifests/sha256-{'0a' * 32}"]


def test_a_list_without_end_is_refused_before_it_is_followed(faulty: FaultyRegistry, client: Registry) -> None:
    manifest = {"artifactType": BUNDLE, "digest": DIGEST}
    body = json.dumps({"manifests": [manifest] * 1000}).encode()

    def listed(handler: Handler) -> None:
        handler.answer(200, body)

    faulty.always = listed
    with pytest.raises(errors.WrongContent, match="more than 32 attestations"):
        client.provenances(REPOSITORY, DIGEST)
    assert len(faulty.requests) == 1
