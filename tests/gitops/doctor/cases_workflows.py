from tests.gitops.doctor.cases import case
from tests.gitops.doctor.repositories import BACKEND_CI, DEPLOY, FRONTEND_CI, IMAGE_CI, Edit

TOKEN = "GITHUB_TOKEN: ${{ github.token }}"
DEPLOYING = 'run: python -m gitops "$ACTION" | tee -a "$GITHUB_STEP_SUMMARY"'
OWN_REPOSITORY = "github.event.workflow_run.head_repository.full_name == github.repository"
BY_HAND = "github.event_name == 'workflow_dispatch' || ("
KUSTOMIZE = "https://example.org/install_kustomize.sh"
INSTALL = "run: pip install --require-hashes -r scripts/gitops/requirements.txt"
SCRIPT = "        run: |\n          git add k8s\n{commit}\n{push}"
COMMIT, PUSH = "          git commit --message Deploy", "          git push"
GUARDED = f"          git diff --cached --quiet && exit 0\n{COMMIT}"
LOOP = "          until git push; do\n            git pull --rebase\n          done"
DEPLOY_STEP = f"        {DEPLOYING}"
QUEUE = "  queue: max"
SECOND_JOB = """jobs:
  promote:
    runs-on: ubuntu-24.04
    permissions:
      contents: write
    concurrency: {group}
    steps:
      - run: gitops promote --to production
"""
SOURCE = "SOURCE=${{ github.server_url }}/${{ github.repository }}"
DELETE = f"""      - uses: actions/delete-package-versions@{"1a" * 20}
        with:
          delete-only-untagged-versions: {{untagged}}
"""
CALLING = ".github/workflows/calling.yml"
LONG = ".github/workflows/long.yml"

LONG_JOB = "name: Long\non: push\njobs:\n  long:\n    runs-on: ubuntu-24.04\n    steps:\n"
STEP = "      - run: date\n"
CALL = """on: push
jobs:
  call:
    permissions: {permissions}
    uses: ./.github/workflows/called.yml
"""
CALLED = Edit(
    ".github/workflows/called.yml",
    "",
    """on: workflow_call
jobs:
  inner:
    runs-on: ubuntu-24.04
    permissions: {contents: read, packages: write}
    steps: [{run: make}]
""",
)
IMAGE_NAME = Edit(BACKEND_CI, "permissions: {}", "env:\n  IMAGE_NAME: ${{ github.repository }}\npermissions: {}")

CASES = [
    case(
        "workflow-run-names-a-workflow",
        "workflows:",
        Edit(DEPLOY, "[Backend CI/CD,", "[Backend CI,"),
        (Edit(DEPLOY, "[Backend CI/CD,", "[Backend CI,"), Edit(BACKEND_CI, "name: Backend CI/CD", "name: Backend CI")),
    ),
    case(
        "workflows-are-short-enough-to-be-followed",
        "name: Long",
        Edit(LONG, "", LONG_JOB + 1001 * STEP),
        Edit(LONG, "", LONG_JOB + 500 * STEP),
    ),
    case(
        "deploys-follow-every-build",
        "workflows:",
        Edit(DEPLOY, "[Backend CI/CD, Frontend CI/CD]", "[Backend CI/CD]"),
        Edit(DEPLOY, "[Backend CI/CD, Frontend CI/CD]", "[Frontend CI/CD, Backend CI/CD]"),
    ),
    case(
        "deploys-follow-every-build",
        "types: [requested]",
        Edit(DEPLOY, "types: [completed]", "types: [requested]"),
        Edit(DEPLOY, "types: [completed]", "types: [requested, completed]"),
    ),
    case(
        "deploys-follow-every-build",
        "if: >-",
        Edit(DEPLOY, "workflow_run.conclusion == 'success'", "workflow_run.conclusion == 'succeeded'"),
        Edit(DEPLOY, "workflow_run.conclusion == 'success'", "workflow_run.conclusion == 'SUCCESS'"),
    ),
    case(
        "deploys-follow-every-build",
        "workflows:",
        Edit(DEPLOY, "ACTION: ${{ inputs.action || 'update' }}", "ACTION: ${{ inputs.action || 'status' }}"),
        Edit(DEPLOY, "ACTION: ${{ inputs.action || 'update' }}", "ACTION: ${{ inputs['action'] || 'update' }}"),
    ),
    case(
        "deploys-do-not-take-the-tip-for-the-build",
        "GITOPS_COMMIT: ${{ github.sha }}",
        Edit(DEPLOY, "GITOPS_COMMIT: ${{ inputs.commit }}", "GITOPS_COMMIT: ${{ github.sha }}"),
        Edit(DEPLOY, "GITOPS_COMMIT: ${{ inputs.commit }}", "GITOPS_COMMIT: ${{ github.event.workflow_run.head_sha }}"),
    ),
    case(
        "workflow-run-jobs-are-guarded",
        "if:",
        (Edit(DEPLOY, "workflow_run.event == 'push'", "workflow_run.event"), Edit(DEPLOY, OWN_REPOSITORY, "true")),
        Edit(DEPLOY, OWN_REPOSITORY, "github.event.workflow_run.head_repository.fork != true"),
    ),
    case(
        "workflow-run-jobs-are-guarded",
        "if:",
        Edit(DEPLOY, "github.event.workflow_run.conclusion == 'success' &&\n", ""),
        Edit(DEPLOY, "workflow_run.conclusion == 'success'", "workflow_run.conclusion != 'failure'"),
    ),
    case(
        "workflow-run-jobs-are-guarded",
        "if:",
        (
            Edit(DEPLOY, "github.event.workflow_run.event == 'push'", "true"),
            Edit(DEPLOY, "github.event.workflow_run.head_branch == github.event.repository.default_branch &&\n", ""),
        ),
        Edit(DEPLOY, "workflow_run.event == 'push'", "workflow_run.event  ==  'push'"),
    ),
    case(
        "manual-triggers-run-a-job",
        "if:",
        Edit(DEPLOY, BY_HAND, "("),
        Edit(DEPLOY, BY_HAND, "github.event_name != 'workflow_run' || ("),
    ),
    case(
        "deploys-wait-for-the-builds",
        "push:",
        Edit(DEPLOY, "  workflow_dispatch:", "  push:\n    branches: [main]\n  workflow_dispatch:"),
        Edit(DEPLOY, "  workflow_dispatch:", "  schedule:\n    - cron: '0 * * * *'\n  workflow_dispatch:"),
    ),
    case(
        "pull-request-checks-are-not-filtered-by-path",
        "paths:",
        Edit(BACKEND_CI, "  pull_request:\n", "  pull_request:\n    paths: [backend/**]\n"),
        Edit(BACKEND_CI, "  pull_request:\n", "  pull_request:\n    branches: [main]\n"),
    ),
    case(
        "deploy-commits-start-no-build",
        "GITHUB_TOKEN: ${{ secrets.DEPLOY_TOKEN }}",
        Edit(DEPLOY, TOKEN, "GITHUB_TOKEN: ${{ secrets.DEPLOY_TOKEN }}"),
        Edit(DEPLOY, TOKEN, "GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}"),
    ),
    case(
        "deploy-commits-start-no-build",
        "ssh-key:",
        Edit(DEPLOY, "persist-credentials: false", "ssh-key: ${{ secrets.DEPLOY_KEY }}"),
        (
            Edit(DEPLOY, "persist-credentials: false", "ssh-key: ${{ secrets.DEPLOY_KEY }}"),
            Edit(BACKEND_CI, "branches: [main]", "branches: [main]\n    paths-ignore: [k8s/**]"),
            Edit(FRONTEND_CI, "  push:\n", "  push:\n    paths-ignore: [k8s/**]\n"),
        ),
    ),
    case(
        "writers-share-a-concurrency-group",
        "deploy:",
        Edit(DEPLOY, f"concurrency:\n  group: gitops-deploy\n  cancel-in-progress: false\n{QUEUE}\n", ""),
        Edit(DEPLOY, QUEUE, ""),
    ),
    case(
        "writers-share-a-concurrency-group",
        "group:",
        Edit(DEPLOY, "group: gitops-deploy", "group: gitops-deploy-${{ github.ref }}"),
        Edit(DEPLOY, "group: gitops-deploy", "group: whoever-writes-to-main"),
    ),
    case(
        "writers-share-a-concurrency-group",
        "cancel-in-progress: true",
        Edit(DEPLOY, "cancel-in-progress: false", "cancel-in-progress: true"),
        Edit(DEPLOY, "  cancel-in-progress: false\n", ""),
    ),
    case(
        "writers-share-a-concurrency-group",
        "group: gitops-deploy",
        Edit(DEPLOY, "jobs:\n", SECOND_JOB.format(group="promote")),
        Edit(DEPLOY, "jobs:\n", SECOND_JOB.format(group="gitops-deploy")),
    ),
    case(
        "pushes-are-tried-again",
        "git push",
        Edit(DEPLOY, DEPLOY_STEP, SCRIPT.format(commit=GUARDED, push=PUSH)),
        Edit(DEPLOY, DEPLOY_STEP, SCRIPT.format(commit=GUARDED, push=LOOP)),
    ),
    case(
        "runs-with-nothing-to-commit-succeed",
        "git commit",
        Edit(DEPLOY, DEPLOY_STEP, SCRIPT.format(commit=COMMIT, push=LOOP)),
        Edit(DEPLOY, DEPLOY_STEP, SCRIPT.format(commit=GUARDED, push=LOOP)),
    ),
    case(
        "jobs-have-the-permissions-that-they-need",
        "permissions:",
        Edit(BACKEND_CI, "packages: write", "packages: read"),
        Edit(
            BACKEND_CI,
            "      contents: read\n      packages: write # push the image\n"
            "      id-token: write # sign the attestation\n      attestations: write # store it\n",
            "      {contents: read, packages: write, id-token: write, attestations: write}\n",
        ),
    ),
    case(
        "jobs-have-the-permissions-that-they-need",
        "permissions:",
        Edit(IMAGE_CI, "packages: write # push the image", "packages: read"),
        Edit(IMAGE_CI, "packages: write # push the image", "packages: 'write'"),
    ),
    case(
        "jobs-have-the-permissions-that-they-need",
        "permissions:",
        Edit(DEPLOY, "contents: write", "contents: read"),
        Edit(DEPLOY, "contents: write # push the commit that deploys", "contents: 'write'"),
    ),
    case(
        "jobs-have-the-permissions-that-they-need",
        "permissions:",
        Edit(BACKEND_CI, "packages: read # which commits are built already", "issues: read"),
        Edit(BACKEND_CI, "packages: read # which commits are built already", "packages: write"),
    ),
    case(
        "calls-grant-what-the-called-jobs-ask-for",
        "permissions: {contents: read}",
        (CALLED, Edit(CALLING, "", CALL.format(permissions="{contents: read}"))),
        (CALLED, Edit(CALLING, "", CALL.format(permissions="{contents: read, packages: write}"))),
    ),
    case(
        "workflows-lower-the-owner-in-image-names",
        "ghcr.io/${{ github.repository_owner }}/",
        Edit(BACKEND_CI, "${{ steps.image.outputs.name }}:", "ghcr.io/${{ github.repository_owner }}/backend:"),
        Edit(BACKEND_CI, "${{ steps.image.outputs.name }}:", "ghcr.io/${{ steps.owner.outputs.lower }}/backend:"),
    ),
    case(
        "workflows-lower-the-owner-in-image-names",
        "name=ghcr.io/$IMAGE_NAME",
        (IMAGE_NAME, Edit(BACKEND_CI, "name=ghcr.io/${OWNER,,}/k8s-practice-backend", "name=ghcr.io/$IMAGE_NAME")),
        (IMAGE_NAME, Edit(BACKEND_CI, "name=ghcr.io/${OWNER,,}/k8s-practice-backend", "name=ghcr.io/${IMAGE_NAME,,}")),
    ),
    case(
        "workflows-lower-the-owner-in-image-names",
        "ghcr.io/${GITHUB_REPOSITORY_OWNER}/",
        Edit(BACKEND_CI, "ghcr.io/${OWNER,,}/", "ghcr.io/${GITHUB_REPOSITORY_OWNER}/"),
        Edit(BACKEND_CI, "ghcr.io/${OWNER,,}/", "ghcr.io/${GITHUB_REPOSITORY_OWNER,,}/"),
    ),
    case(
        "workflows-lower-the-owner-in-image-names",
        "name=ghcr.io/${OWNER}/",
        Edit(BACKEND_CI, "${OWNER,,}", "${OWNER}"),
        Edit(BACKEND_CI, "${OWNER,,}", "$(tr '[:upper:]' '[:lower:]' <<< \"$OWNER\")"),
    ),
    case(
        "images-name-their-source",
        "SOURCE=${{ github.repositoryUrl }}",
        Edit(BACKEND_CI, SOURCE, "SOURCE=${{ github.repositoryUrl }}"),
        Edit(BACKEND_CI, SOURCE, "SOURCE=https://github.com/${{ github.repository }}"),
    ),
    case(
        "images-name-their-source",
        "",
        Edit("backend/Dockerfile", "org.opencontainers.image.source", "org.opencontainers.image.url"),
        Edit("backend/Dockerfile", "image.source=$SOURCE", 'image.source="$SOURCE"'),
    ),
    case(
        "build-caches-have-a-scope",
        "cache-from: type=gha",
        Edit(BACKEND_CI, "cache-from: type=gha,scope=backend", "cache-from: type=gha"),
        Edit(BACKEND_CI, "cache-from: type=gha,scope=backend", "cache-from: type=registry,ref=cache"),
    ),
    case(
        "build-caches-have-a-scope",
        "scope=",
        (
            Edit(BACKEND_CI, "cache-from: type=gha,scope=backend", "cache-from: type=gha,scope=frontend"),
            Edit(BACKEND_CI, "cache-to: type=gha,scope=backend", "cache-to: type=gha,scope=frontend"),
        ),
        (
            Edit(
                BACKEND_CI, "cache-from: type=gha,scope=backend", "cache-from: type=gha,scope=frontend-of-the-backend"
            ),
            Edit(BACKEND_CI, "cache-to: type=gha,scope=backend", "cache-to: type=gha,scope=frontend-of-the-backend"),
        ),
    ),
    case(
        "no-download-is-piped-into-a-shell",
        "| bash",
        Edit(DEPLOY, INSTALL, f"run: curl -s {KUSTOMIZE} | bash"),
        Edit(DEPLOY, INSTALL, f"run: curl -s {KUSTOMIZE} | sha256sum --check sums"),
    ),
    case(
        "no-download-is-piped-into-a-shell",
        "bash <(curl",
        Edit(DEPLOY, INSTALL, f"run: bash <(curl -s {KUSTOMIZE})"),
        Edit(DEPLOY, INSTALL, f"run: diff <(curl -s {KUSTOMIZE}) install.sh"),
    ),
    case(
        "untagged-images-are-kept",
        "delete-only-untagged-versions: true",
        Edit(DEPLOY, "    steps:\n", "    steps:\n" + DELETE.format(untagged="true")),
        Edit(DEPLOY, "    steps:\n", "    steps:\n" + DELETE.format(untagged="false")),
    ),
]
