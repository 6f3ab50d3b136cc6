"""Steps, keys and names without which what is pushed is never deployed, or never was what it seems."""

from tests.gitops.doctor.cases import case
from tests.gitops.doctor.repositories import BACKEND_CI, DEPLOY, FRONTEND_CI, Edit

CHECKOUT = """      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
"""
QEMU = "      - uses: docker/setup-qemu-action@96fe6ef7f33517b61c61be40b68a1882f3264fb8 # v4.2.0\n"
BUILDX = "      - uses: docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0\n"
NEEDS_TESTS = "    name: Backend image\n    needs: test\n"
PUBLISH = "${{ github.event_name != 'pull_request' && github.ref == 'refs/heads/main' }}"
DIGEST = "subject-digest: ${{ steps.build.outputs.digest }}"
SHALLOW = "          fetch-depth: 0\n"
TESTS = "    name: Backend tests\n"
NATIVE = Edit(
    "backend/native.Dockerfile",
    "",
    "FROM --platform=$BUILDPLATFORM python AS all\nRUN make\nFROM scratch\nCOPY --from=all /srv /srv\n",
)
COMMITTER = """          GIT_COMMITTER_NAME: github-actions[bot]
          GIT_COMMITTER_EMAIL: 41898282+github-actions[bot]@users.noreply.github.com
"""

CASES = [
    case(
        "images-are-pushed-under-the-name-that-gitops-looks-for",
        "name=gchr.io/",
        Edit(BACKEND_CI, "name=ghcr.io/", "name=gchr.io/"),
        Edit(BACKEND_CI, "name=ghcr.io/${OWNER,,}/", "name=ghcr.io/satomichi/"),
    ),
    case(
        "pushes-publish-every-image",
        "if: needs.scope.outputs.needed",
        Edit(BACKEND_CI, "needed: ${{ steps.scope.outputs.needed }}", "needed: ${{ steps.scope.outputs.wanted }}"),
        Edit(BACKEND_CI, "if: needs.scope.outputs.needed == 'true'", "if: ${{ 'true' == needs.scope.outputs.needed }}"),
    ),
    case(
        "pushes-publish-every-image",
        "if: needs.scope.outputs.needed",
        Edit(BACKEND_CI, "        id: scope\n", ""),
        Edit(BACKEND_CI, "PYTHONPATH: scripts", "PYTHONPATH: scripts:."),
    ),
    case(
        "pushes-publish-every-image",
        "if: needs.scope.outputs.needed",
        Edit(BACKEND_CI, "          GITOPS_ALWAYS: ${{ github.event_name == 'workflow_dispatch' }}\n", ""),
        Edit(BACKEND_CI, "github.event_name == 'workflow_dispatch'", "github.event_name != 'push'"),
    ),
    case(
        "images-are-tested-before-they-get-their-tag",
        "    needs: scope",
        Edit(BACKEND_CI, NEEDS_TESTS, "    name: Backend image\n    needs: scope\n"),
        Edit(BACKEND_CI, NEEDS_TESTS, "    name: Backend image\n    needs: [scope, test]\n"),
    ),
    case(
        "images-are-tested-before-they-get-their-tag",
        "    if: always()",
        Edit(BACKEND_CI, NEEDS_TESTS, f"{NEEDS_TESTS}    if: always()\n"),
        Edit(BACKEND_CI, NEEDS_TESTS, f"{NEEDS_TESTS}    if: success()\n"),
    ),
    case(
        "images-are-tested-before-they-get-their-tag",
        "    continue-on-error: true",
        Edit(BACKEND_CI, TESTS, f"{TESTS}    continue-on-error: true\n"),
        Edit(BACKEND_CI, TESTS, f"{TESTS}    continue-on-error: false\n"),
    ),
    case(
        "pull-requests-are-tested",
        "on:",
        (
            Edit(BACKEND_CI, "  pull_request:\n", ""),
            Edit(".github/workflows/checks.yml", "  pull_request:\n", ""),
        ),
        Edit(BACKEND_CI, "  pull_request:\n", "  pull_request:\n    branches: [main]\n"),
    ),
    case(
        "only-the-default-branch-publishes",
        ":sha-${{ github.sha }}",
        Edit(BACKEND_CI, PUBLISH, "true"),
        Edit(BACKEND_CI, PUBLISH, "${{ github.ref == format('refs/heads/{0}', 'main') }}"),
    ),
    case(
        "only-the-default-branch-publishes",
        ":sha-${{ github.sha }}",
        Edit(BACKEND_CI, PUBLISH, "${{ github.event_name != 'pull_request' }}"),
        Edit(BACKEND_CI, PUBLISH, "${{ github.ref_name == github.event.repository.default_branch }}"),
    ),
    case(
        "tags-and-attestations-are-of-what-was-built",
        "subject-digest:",
        Edit(BACKEND_CI, DIGEST, "subject-digest: ${{ steps.image.outputs.digest }}"),
        Edit(BACKEND_CI, DIGEST, "subject-digest: ${{ steps['build'].outputs['digest'] }}"),
    ),
    case(
        "jobs-log-in-before-they-push",
        ":sha-${{ github.sha }}",
        Edit(BACKEND_CI, "          registry: ghcr.io\n", ""),
        Edit(BACKEND_CI, "registry: ghcr.io", "registry: ${{ format('{0}.io', 'ghcr') }}"),
    ),
    case(
        "jobs-log-in-before-they-push",
        ":sha-${{ github.sha }}",
        Edit(BACKEND_CI, "if: env.PUBLISH == 'true'", "if: github.event_name == 'release'"),
        Edit(BACKEND_CI, "if: env.PUBLISH == 'true'", "if: ${{ env.PUBLISH != 'false' }}"),
    ),
    case(
        "deploys-follow-every-build",
        "if: >-",
        Edit(DEPLOY, " || github.event.workflow_run.event == 'workflow_dispatch'", ""),
        Edit(DEPLOY, "github.event.workflow_run.event == 'workflow_dispatch'", "true"),
    ),
    case(
        "images-are-of-their-component",
        "file: frontend/Dockerfile",
        Edit(BACKEND_CI, "file: backend/Dockerfile", "file: frontend/Dockerfile"),
        Edit(BACKEND_CI, "file: backend/Dockerfile", "file: ./backend/Dockerfile"),
    ),
    case(
        "images-are-of-their-component",
        "build-needed frontend",
        Edit(BACKEND_CI, "build-needed backend", "build-needed frontend"),
        Edit(BACKEND_CI, "run: python -m gitops build-needed", "run: python3 -m gitops build-needed"),
    ),
    case(
        "builds-have-their-builder",
        "platforms:",
        Edit(BACKEND_CI, QEMU, ""),
        (Edit(BACKEND_CI, QEMU, ""), Edit(BACKEND_CI, "backend/Dockerfile", NATIVE.path), NATIVE),
    ),
    case(
        "builds-have-their-builder",
        "name: Build, and push",
        Edit(BACKEND_CI, BUILDX, ""),
        Edit(BACKEND_CI, f"{QEMU}{BUILDX}", f"{BUILDX}{QEMU}"),
    ),
    case(
        "images-are-built-for-every-platform",
        "platforms: linux/amd64",
        Edit(BACKEND_CI, "platforms: linux/amd64,linux/arm64", "platforms: linux/amd64"),
        Edit(BACKEND_CI, "platforms: linux/amd64,linux/arm64", "platforms: linux/arm64, linux/amd64"),
    ),
    case(
        "jobs-check-out-what-they-work-on",
        "ref: release",
        Edit(BACKEND_CI, f"{CHECKOUT}{QEMU}", f"{CHECKOUT}          ref: release\n{QEMU}"),
        Edit(BACKEND_CI, f"{CHECKOUT}{QEMU}", f"{CHECKOUT}          ref: ${{{{ github.sha }}}}\n{QEMU}"),
    ),
    case(
        "jobs-check-out-what-they-work-on",
        "ref:",
        Edit(DEPLOY, "ref: ${{ github.event.repository.default_branch }}", "ref: release"),
        Edit(DEPLOY, "ref: ${{ github.event.repository.default_branch }}", "ref: main"),
    ),
    case(
        "jobs-check-out-what-they-work-on",
        "name: Build, and push",
        Edit(BACKEND_CI, f"{CHECKOUT}{QEMU}", QEMU),
        (Edit(BACKEND_CI, f"{CHECKOUT}{QEMU}", QEMU), Edit(BACKEND_CI, "          context: .\n", "")),
    ),
    case(
        "scripts-use-variables-that-are-set",
        "${OWNER,,}",
        Edit(BACKEND_CI, "          OWNER: ${{ github.repository_owner }}", "          NAME: backend"),
        Edit(BACKEND_CI, "${OWNER,,}", "${OWNER:-$NOBODY}"),
    ),
    case(
        "jobs-install-gitops",
        "env:",
        Edit(DEPLOY, "          PYTHONPATH: scripts\n", ""),
        (
            Edit(DEPLOY, "          PYTHONPATH: scripts\n", ""),
            Edit(
                DEPLOY,
                "pip install --require-hashes -r scripts/gitops/requirements.txt",
                "pip install ./scripts/gitops",
            ),
        ),
    ),
    case(
        "jobs-install-gitops",
        "name: Deploy",
        Edit(DEPLOY, "-r scripts/gitops/requirements.txt", "-r requirements-dev.txt"),
        Edit(DEPLOY, "run: pip install", "run: python -m pip install"),
    ),
    case(
        "gitops-has-all-of-history",
        "with:",
        Edit(DEPLOY, SHALLOW, ""),
        Edit(DEPLOY, SHALLOW, "          fetch-depth: '0'\n"),
    ),
    case(
        "gitops-knows-who-it-is",
        "env:",
        Edit(BACKEND_CI, "          GITHUB_TOKEN: ${{ github.token }}\n", ""),
        Edit(BACKEND_CI, "GITHUB_TOKEN: ${{ github.token }}", "GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}"),
    ),
    case(
        "gitops-knows-who-it-is",
        "env:",
        Edit(DEPLOY, COMMITTER, ""),
        (
            Edit(DEPLOY, COMMITTER, ""),
            Edit(
                DEPLOY, "run: pip", "run: git config --global user.name A && git config --global user.email b@c && pip"
            ),
        ),
    ),
    case(
        "failures-are-not-lost-in-a-pipe",
        "| tee",
        Edit(DEPLOY, "        shell: bash # with pipefail\n", ""),
        (
            Edit(DEPLOY, "        shell: bash # with pipefail\n", ""),
            Edit(DEPLOY, "permissions: {}", "defaults:\n  run:\n    shell: bash\npermissions: {}"),
        ),
    ),
    case(
        "gitops-works-on-the-default-branch",
        "GITOPS_BRANCH:",
        Edit(DEPLOY, "GITOPS_BRANCH: ${{ github.event.repository.default_branch }}", "GITOPS_BRANCH: release"),
        Edit(DEPLOY, "GITOPS_BRANCH: ${{ github.event.repository.default_branch }}", "GITOPS_BRANCH: main"),
    ),
    case(
        "pull-request-tests-get-no-secret",
        "API_KEY:",
        Edit(BACKEND_CI, TESTS, f"{TESTS}    env:\n      API_KEY: ${{{{ secrets.API_KEY }}}}\n"),
        Edit(BACKEND_CI, TESTS, f"{TESTS}    env:\n      TOKEN: ${{{{ secrets.GITHUB_TOKEN }}}}\n"),
    ),
    case(
        "builds-have-concurrency-groups-of-their-own",
        "group:",
        (
            Edit(BACKEND_CI, "group: backend-ci-${{ github.ref }}", "group: ci-${{ github.ref }}"),
            Edit(FRONTEND_CI, "group: frontend-ci-${{ github.ref }}", "group: ci-${{ github.ref }}"),
        ),
        Edit(BACKEND_CI, "group: backend-ci-${{ github.ref }}", "group: ${{ github.workflow }}-${{ github.ref }}"),
    ),
    case(
        "inputs-are-read",
        "reason:",
        Edit(DEPLOY, "          GITOPS_REASON: ${{ inputs.reason }}\n", ""),
        Edit(DEPLOY, "${{ inputs.reason }}", "${{ github.event.inputs.reason }}"),
    ),
]
