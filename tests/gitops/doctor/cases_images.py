from tests.gitops.doctor.cases import case, rendered_case
from tests.gitops.doctor.repositories import BACKEND_CI, BASE, OVERLAY, PRODUCTION, Edit

NAME = "ghcr.io/satomichi/k8s-practice-backend"
ENTRY = "- name: k8s-practice-backend"
TAG = f"newTag: sha-{'0' * 40}"
DIGEST = f"digest: sha256:{'0' * 64}"
SOME_TAG, SOME_DIGEST = f"newTag: sha-{'1a' * 20}", f"digest: sha256:{'b2' * 32}"
CHANGED = f"digest: sha256:{'c3' * 32}"
SECOND = f"images:\n  {ENTRY}\n    newName: {NAME}\n    {TAG}\n    {DIGEST}"
# Images that are not built here are not judged.
OTHERS = """images:
  - name: redis
    newName: quay.io/somebody/redis
    newTag: "7.4"
  - name: podinfo
    newName: ghcr.io/stefanprodan/podinfo
    newTag: 6.7.0"""
BUILDER = "      - name: Build, and push from main\n"
METADATA = (
    "      - uses: docker/metadata-action@v5\n        id: meta\n        with:\n          tags: |\n            {tags}\n"
)
SHA_TAG = "${{ steps.image.outputs.name }}:sha-${{ github.sha }}"
META_TAG = Edit(BACKEND_CI, SHA_TAG, "${{ steps.image.outputs.name }}:${{ steps.meta.outputs.version }}")

CASES = [
    case(
        "image-references-are-in-lower-case",
        "ghcr.io/Satomichi/",
        Edit(OVERLAY, "ghcr.io/satomichi/", "ghcr.io/Satomichi/"),
        Edit(OVERLAY, "# What runs.", "# ghcr.io/Satomichi/ is what runs."),
    ),
    case(
        "image-references-are-in-lower-case",
        "image: Backend",
        Edit("k8s/base/backend.yaml", "image: k8s-practice-backend", "image: Backend"),
        Edit("k8s/base/backend.yaml", "image: k8s-practice-backend", "image: k8s-practice-backend:RC1"),
    ),
    case(
        "images-belong-to-this-repository",
        "ghcr.io/upstream/",
        Edit(OVERLAY, "ghcr.io/satomichi/", "ghcr.io/upstream/"),
        Edit(OVERLAY, f"newName: {NAME}", f'newName: "{NAME}"'),
    ),
    case(
        "images-belong-to-this-repository",
        "ghcr.io/upstream/",
        Edit(OVERLAY, "ghcr.io/satomichi/", "ghcr.io/upstream/"),
        Edit(OVERLAY, "images:", OTHERS),
    ),
    case(
        "registries-are-spelt-right",
        "gchr.io/satomichi/",
        Edit(OVERLAY, "ghcr.io/satomichi/", "gchr.io/satomichi/"),
        Edit(OVERLAY, "ghcr.io/satomichi/", "eu.gcr.io/satomichi/"),
    ),
    case(
        "registries-are-spelt-right",
        "ghcr.oi/satomichi/",
        Edit("k8s/base/backend.yaml", "image: k8s-practice-backend", "image: ghcr.oi/satomichi/backend:1"),
        Edit("k8s/base/backend.yaml", "image: k8s-practice-backend", "image: registry.example.org:5000/backend:1"),
    ),
    case(
        "images-are-pushed-by-a-workflow",
        "k8s-practice-api",
        Edit(OVERLAY, NAME, "ghcr.io/satomichi/k8s-practice-api"),
        Edit(OVERLAY, NAME, "registry.example.org/satomichi/k8s-practice-api"),
    ),
    case(
        "images-are-pushed-by-a-workflow",
        "k8s-practice-api",
        Edit(OVERLAY, NAME, "ghcr.io/satomichi/k8s-practice-api"),
        Edit(OVERLAY, "images:", OTHERS),
    ),
    rendered_case(
        "image-entries-match-a-container",
        "- name: backend",
        Edit(OVERLAY, ENTRY, "- name: backend"),
        Edit("k8s/base/backend.yaml", "image: k8s-practice-backend", "image: k8s-practice-backend:1"),
    ),
    case(
        "bases-do-not-rename-images",
        f"newName: {NAME}",
        Edit(BASE, "labels:", f"images:\n  {ENTRY}\n    newName: {NAME}\nlabels:"),
        Edit(BASE, "labels:", f"images:\n  {ENTRY}\n    newTag: sha-1\nlabels:"),
    ),
    case(
        "bases-do-not-rename-images",
        f"newName: {NAME}",
        Edit(BASE, "labels:", f"images:\n  {ENTRY}\n    newName: {NAME}\nlabels:"),
        Edit(BASE, "labels:", "images:\n  - name: redis\n    newName: mirror.example.org/redis\nlabels:"),
    ),
    case(
        "image-entries-are-unique",
        "name: k8s-practice-backend",
        Edit(OVERLAY, "images:", SECOND),
        Edit(OVERLAY, "images:", "images:\n  - name: prometheus\n    newTag: v3"),
    ),
    case(
        "image-tags-are-text",
        "newTag: 20260101",
        Edit(OVERLAY, TAG, "newTag: 20260101"),
        Edit(OVERLAY, TAG, 'newTag: "20260101"'),
    ),
    case(
        "tags-have-the-format-that-ci-pushes",
        "newTag: 1a1a",
        Edit(OVERLAY, TAG, f"newTag: {'1a' * 20}"),
        Edit(OVERLAY, TAG, SOME_TAG),
    ),
    case(
        "tags-have-the-format-that-ci-pushes",
        ":main-${{ github.sha }}",
        Edit(BACKEND_CI, ":sha-${{ github.sha }}", ":main-${{ github.sha }}"),
        Edit(BACKEND_CI, ":sha-${{ github.sha }}", ":sha-${{github.sha}}"),
    ),
    case(
        "tags-have-the-format-that-ci-pushes",
        "type=sha,prefix={{branch}}-",
        (
            Edit(BACKEND_CI, BUILDER, METADATA.format(tags="type=sha,prefix={{branch}}-,format=long") + BUILDER),
            META_TAG,
        ),
        (Edit(BACKEND_CI, BUILDER, METADATA.format(tags="type=sha,format=long") + BUILDER), META_TAG),
    ),
    case(
        "tags-have-the-format-that-ci-pushes",
        "type=sha",
        (Edit(BACKEND_CI, BUILDER, METADATA.format(tags="type=sha") + BUILDER), META_TAG),
        Edit(BACKEND_CI, SHA_TAG, f"${{{{ steps.image.outputs.name }}}}:v1\n            {SHA_TAG}"),
    ),
    case(
        "tags-have-the-format-that-ci-pushes",
        ":sha-${{ github.run_id }}",
        Edit(BACKEND_CI, ":sha-${{ github.sha }}", ":sha-${{ github.run_id }}"),
        Edit(BACKEND_CI, ":sha-${{ github.sha }}", ":${{ format('sha-{0}', github.sha) }}"),
    ),
    case(
        "tags-have-the-format-that-ci-pushes",
        "newTag: 1a1a",
        Edit(OVERLAY, TAG, f"newTag: {'1a' * 20}"),
        Edit(OVERLAY, "images:", OTHERS),
    ),
    case(
        "overlays-pin-images-by-digest",
        ENTRY,
        Edit(OVERLAY, f"    {DIGEST}\n", ""),
        Edit(OVERLAY, "images:", OTHERS),
    ),
    case(
        "overlays-pin-images-by-digest",
        "newTag: latest",
        Edit(OVERLAY, TAG, "newTag: latest"),
        Edit(OVERLAY, TAG, "newTag: latest-but-one"),
    ),
    case(
        "overlays-pin-images-by-digest",
        ENTRY,
        Edit(OVERLAY, f"    {DIGEST}\n", ""),
        (Edit(OVERLAY, f"    newName: {NAME}\n", ""), Edit(OVERLAY, f"    {DIGEST}\n", "")),
    ),
    case(
        "digests-are-well-formed",
        "digest: sha256:B2",
        (Edit(OVERLAY, TAG, SOME_TAG), Edit(OVERLAY, DIGEST, SOME_DIGEST.replace("b2", "B2"))),
        (Edit(OVERLAY, TAG, SOME_TAG), Edit(OVERLAY, DIGEST, SOME_DIGEST)),
    ),
    case(
        "digests-are-well-formed",
        DIGEST,
        Edit(PRODUCTION, TAG, SOME_TAG),
        (Edit(PRODUCTION, TAG, SOME_TAG), Edit(PRODUCTION, DIGEST, SOME_DIGEST)),
    ),
    case(
        "digests-belong-to-one-component",
        f"digest: sha256:{'c3' * 32}",
        (Edit(OVERLAY, DIGEST, CHANGED), Edit(OVERLAY, DIGEST, CHANGED)),
        (Edit(OVERLAY, DIGEST, CHANGED), Edit(PRODUCTION, DIGEST, CHANGED)),
    ),
]
