"""Workflows as public repositories have them, shortened: releases, several registries, matrices, clouds."""

RELEASE = """name: release
on:
  push:
    tags: ['*']
permissions:
  contents: read
jobs:
  release:
    runs-on: ubuntu-latest
    permissions: {contents: write, id-token: write, packages: write, attestations: write}
    steps:
      - uses: actions/checkout@v4
      - uses: ./.github/actions/runner-cleanup
      - uses: docker/setup-buildx-action@v3
      - uses: docker/login-action@v3
        with: {registry: ghcr.io, username: "${{ github.actor }}", password: "${{ secrets.GITHUB_TOKEN }}"}
      - uses: docker/login-action@v3
        with: {username: "${{ secrets.DOCKER_USERNAME }}", password: "${{ secrets.DOCKER_PASSWORD }}"}
      - id: prep
        run: |
          VERSION=sha-${GITHUB_SHA::8}
          if [[ $GITHUB_REF == refs/tags/* ]]; then
            VERSION=${GITHUB_REF/refs\\/tags\\//}
          fi
          echo "VERSION=${VERSION}" >> $GITHUB_OUTPUT
      - id: meta
        uses: docker/metadata-action@v5
        with:
          images: |
            docker.io/somebody/app
            ghcr.io/somebody/app
          tags: |
            type=raw,value=${{ steps.prep.outputs.VERSION }}
            type=raw,value=latest
      - uses: docker/build-push-action@v6
        with:
          push: true
          context: .
          platforms: linux/amd64,linux/arm64
          tags: ${{ steps.meta.outputs.tags }}
          labels: ${{ steps.meta.outputs.labels }}
      - run: helm push app-${{ steps.prep.outputs.VERSION }}.tgz oci://ghcr.io/somebody/charts
      - uses: goreleaser/goreleaser-action@v6
        env:
          GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}
      - uses: actions/attest@v4
        with:
          subject-checksums: ./dist/checksums.txt
"""

STARTER = """name: Docker
on:
  schedule:
    - cron: '19 9 * * *'
  push:
    branches: [main]
    tags: ['v*.*.*']
  pull_request:
    branches: [main]
env:
  REGISTRY: ghcr.io
  IMAGE_NAME: ${{ github.repository }}
jobs:
  build:
    runs-on: ubuntu-latest
    permissions: {contents: read, packages: write, id-token: write}
    steps:
      - uses: actions/checkout@v4
      - name: Install cosign
        if: github.event_name != 'pull_request'
        uses: sigstore/cosign-installer@v3
      - uses: docker/setup-buildx-action@v3
      - name: Log into registry ${{ env.REGISTRY }}
        if: github.event_name != 'pull_request'
        uses: docker/login-action@v3
        with:
          registry: ${{ env.REGISTRY }}
          username: ${{ github.actor }}
          password: ${{ secrets.GITHUB_TOKEN }}
      - id: meta
        uses: docker/metadata-action@v5
        with:
          images: ${{ env.REGISTRY }}/${{ env.IMAGE_NAME }}
      - id: build-and-push
        uses: docker/build-push-action@v6
        with:
          context: .
          push: ${{ github.event_name != 'pull_request' }}
          tags: ${{ steps.meta.outputs.tags }}
          labels: ${{ steps.meta.outputs.labels }}
          cache-from: type=gha
          cache-to: type=gha,mode=max
      - name: Sign the image
        if: ${{ github.event_name != 'pull_request' }}
        env:
          TAGS: ${{ steps.meta.outputs.tags }}
          DIGEST: ${{ steps.build-and-push.outputs.digest }}
        run: echo "${TAGS}" | xargs -I {} cosign sign --yes {}@${DIGEST}
"""

BY_DIGEST = """name: Build
on:
  push:
  pull_request:
  workflow_dispatch:
env:
  GHCR_REPO: ghcr.io/${{ github.repository_owner }}/server
  PUSH: ${{ !github.event.pull_request.head.repo.fork }}
permissions: {}
jobs:
  build:
    runs-on: ${{ matrix.runner }}
    permissions: {contents: read, packages: write}
    strategy:
      matrix:
        include:
          - {platform: linux/amd64, runner: ubuntu-latest}
          - {platform: linux/arm64, runner: ubuntu-24.04-arm}
    steps:
      - run: |
          platform=${{ matrix.platform }}
          echo "PLATFORM_PAIR=${platform//\\//-}" >> $GITHUB_ENV
      - uses: actions/checkout@v4
      - uses: docker/setup-buildx-action@v3
      - if: ${{ !github.event.pull_request.head.repo.fork }}
        uses: docker/login-action@v3
        with: {registry: ghcr.io, username: "${{ github.repository_owner }}", password: "${{ secrets.GITHUB_TOKEN }}"}
      - id: build
        uses: docker/build-push-action@v6
        with:
          context: .
          platforms: ${{ matrix.platform }}
          outputs: type=image,"name=${{ env.GHCR_REPO }}",push-by-digest=true,push=${{ env.PUSH }}
          cache-from: type=registry,ref=${{ env.GHCR_REPO }}-cache:${{ env.PLATFORM_PAIR }}
      - run: |
          digest="${{ steps.build.outputs.digest }}"
          touch "${{ runner.temp }}/digests/${digest#sha256:}"
      - uses: actions/upload-artifact@v4
        with: {name: "digests-${{ env.PLATFORM_PAIR }}", path: "${{ runner.temp }}/digests/*"}
  merge:
    needs: build
    if: ${{ !github.event.pull_request.head.repo.fork }}
    runs-on: ubuntu-latest
    permissions: {actions: read, packages: write}
    steps:
      - uses: actions/download-artifact@v4
        with: {path: "${{ runner.temp }}/digests", pattern: digests-*, merge-multiple: true}
      - uses: docker/login-action@v3
        with: {registry: ghcr.io, username: "${{ github.repository_owner }}", password: "${{ secrets.GITHUB_TOKEN }}"}
      - uses: docker/setup-buildx-action@v3
      - id: meta
        uses: docker/metadata-action@v5
        with:
          images: ${{ env.GHCR_REPO }}
          tags: |
            type=ref,event=branch
            type=ref,event=pr
            type=sha,format=long,prefix=commit-
      - working-directory: ${{ runner.temp }}/digests
        run: |
          docker buildx imagetools create \\
            $(jq -cr '.tags | map("-t " + .) | join(" ")' <<< "$DOCKER_METADATA_OUTPUT_JSON") \\
            $(printf "${GHCR_REPO}@sha256:%s " *)
"""

CALLING = """name: Image
on:
  push:
    branches: [master]
  pull_request:
    types: [labeled, unlabeled, opened, synchronize, reopened]
concurrency:
  group: ${{ github.workflow }}-${{ github.ref }}
  cancel-in-progress: true
permissions: {}
jobs:
  set-vars:
    if: github.repository == 'somebody/app'
    permissions: {contents: read}
    runs-on: ubuntu-24.04
    outputs:
      image-tag: ${{ steps.image.outputs.tag }}
      platforms: ${{ steps.platforms.outputs.platforms }}
    steps:
      - uses: actions/checkout@v4
      - id: image
        run: echo "tag=$(cat ./VERSION)-${GITHUB_SHA::8}" >> $GITHUB_OUTPUT
      - id: platforms
        run: |
          IMAGE_PLATFORMS=linux/amd64
          if [[ "${{ contains(github.event.pull_request.labels.*.name, 'arm') }}" == "true" ]]; then
              IMAGE_PLATFORMS=linux/amd64,linux/arm64,linux/s390x
          fi
          echo "platforms=$IMAGE_PLATFORMS" >> $GITHUB_OUTPUT
  build-and-publish:
    needs: [set-vars]
    if: ${{ github.repository == 'somebody/app' && github.event_name == 'push' }}
    permissions: {contents: read, packages: write, id-token: write}
    uses: ./.github/workflows/image-reuse.yaml
    with:
      quay_image_name: quay.io/somebody/app:latest
      ghcr_image_name: ghcr.io/somebody/app/app:${{ needs.set-vars.outputs.image-tag }}
      platforms: ${{ needs.set-vars.outputs.platforms }}
      push: true
    secrets:
      quay_username: ${{ secrets.QUAY_USERNAME }}
      quay_password: ${{ secrets.QUAY_PASSWORD }}
      ghcr_username: ${{ github.actor }}
      ghcr_password: ${{ secrets.GITHUB_TOKEN }}
  provenance:
    needs: [build-and-publish]
    permissions: {actions: read, id-token: write, packages: write}
    uses: slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@v2.0.0
    with:
      image: ghcr.io/somebody/app/app
      digest: ${{ needs.build-and-publish.outputs.image-digest }}
  deploy:
    needs: [build-and-publish, set-vars]
    permissions: {contents: write, packages: write}
    if: ${{ github.repository == 'somebody/app' && github.event_name == 'push' }}
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: git clone "https://$TOKEN@github.com/somebody/deployments"
        env:
          TOKEN: ${{ secrets.TOKEN }}
      - working-directory: deployments/app
        run: |
          kustomize edit set image quay.io/somebody/app=ghcr.io/somebody/app/app:${{ needs.set-vars.outputs.image-tag }}
          git config --global user.email 'ci@example.org'
          git diff --exit-code && echo 'Already deployed' || (git commit -am 'Upgrade' && git push)
"""

CALLED = """name: Publish and sign
on:
  workflow_call:
    inputs:
      quay_image_name: {required: false, type: string}
      ghcr_image_name: {required: false, type: string}
      platforms: {required: true, type: string}
      push: {required: true, type: boolean}
    secrets:
      quay_username: {required: false}
      quay_password: {required: false}
      ghcr_username: {required: false}
      ghcr_password: {required: false}
    outputs:
      image-digest:
        value: ${{ jobs.publish.outputs.image-digest }}
permissions: {}
jobs:
  publish:
    permissions: {contents: read, packages: write, id-token: write}
    runs-on: ubuntu-22.04
    outputs:
      image-digest: ${{ steps.image.outputs.digest }}
    steps:
      - uses: actions/checkout@v4
        if: ${{ github.ref_type != 'tag' }}
      - uses: docker/setup-buildx-action@v3
      - run: |
          IMAGE_TAGS=$(for str in \\
            ${{ inputs.quay_image_name }} \\
            ${{ inputs.ghcr_image_name }}; do
            echo -n "${str}",;done | sed 's/,$//')
          echo "TAGS=$IMAGE_TAGS" >> $GITHUB_ENV
      - uses: docker/login-action@v3
        if: ${{ inputs.quay_image_name && inputs.push }}
        with: {registry: quay.io, username: "${{ secrets.quay_username }}", password: "${{ secrets.quay_password }}"}
      - uses: docker/login-action@v3
        if: ${{ inputs.ghcr_image_name && inputs.push }}
        with: {registry: ghcr.io, username: "${{ secrets.ghcr_username }}", password: "${{ secrets.ghcr_password }}"}
      - run: |
          echo "TAG=$(if [ -z "`git status --porcelain`" ]; then git describe HEAD 2>/dev/null; fi)" >> $GITHUB_ENV
      - id: image
        uses: docker/build-push-action@v6
        with:
          context: .
          platforms: ${{ inputs.platforms }}
          push: ${{ inputs.push }}
          tags: ${{ env.TAGS }}
"""

MATRIX = """name: Services
on:
  push:
    branches: [main, 'release/**']
  pull_request:
    paths: ['services/**']
jobs:
  services:
    runs-on: ubuntu-latest
    permissions: {contents: read, packages: write}
    strategy:
      matrix:
        service: [cart, checkout, frontend]
    steps:
      - uses: actions/checkout@v4
      - id: owner
        run: echo "lower=$(echo ${{ github.repository_owner }} | tr '[:upper:]' '[:lower:]')" >> "$GITHUB_OUTPUT"
      - uses: docker/setup-buildx-action@v3
      - uses: docker/login-action@v3
        with: {registry: ghcr.io, username: "${{ github.actor }}", password: "${{ secrets.GITHUB_TOKEN }}"}
      - uses: docker/build-push-action@v6
        with:
          context: services/${{ matrix.service }}
          push: ${{ github.ref == 'refs/heads/main' }}
          tags: |
            ghcr.io/${{ steps.owner.outputs.lower }}/${{ matrix.service }}:${{ github.sha }}
            ghcr.io/${{ steps.owner.outputs.lower }}/${{ matrix.service }}:latest
          cache-from: type=gha,scope=${{ matrix.service }}
          cache-to: type=gha,scope=${{ matrix.service }},mode=max
"""

CLOUD = """name: Deploy to ECS
on:
  push:
    branches: [main]
env:
  ECR_REPOSITORY: app
permissions:
  id-token: write
  contents: read
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: production
    steps:
      - uses: actions/checkout@v4
      - uses: aws-actions/configure-aws-credentials@v4
        with: {role-to-assume: "arn:aws:iam::1:role/x", aws-region: eu-west-1}
      - id: login-ecr
        uses: aws-actions/amazon-ecr-login@v2
      - id: build-image
        env:
          ECR_REGISTRY: ${{ steps.login-ecr.outputs.registry }}
          IMAGE_TAG: ${{ github.sha }}
        run: |
          docker build -t $ECR_REGISTRY/$ECR_REPOSITORY:$IMAGE_TAG .
          docker push $ECR_REGISTRY/$ECR_REPOSITORY:$IMAGE_TAG
          echo "image=$ECR_REGISTRY/$ECR_REPOSITORY:$IMAGE_TAG" >> $GITHUB_OUTPUT
      - run: |
          gcloud auth configure-docker us-docker.pkg.dev
          docker push us-docker.pkg.dev/project/app:$GITHUB_SHA
"""

HUB = """name: Push a tag
on:
  workflow_dispatch:
    inputs:
      version_tag: {description: Tag to build and push}
permissions:
  contents: read
jobs:
  deploy_docker:
    runs-on: ubuntu-latest
    steps:
    - uses: actions/checkout@v4
    - env:
        DOCKER_USER: ${{ secrets.DOCKER_USER }}
        DOCKER_PASS: ${{ secrets.DOCKER_PASS }}
        VERSION_TAG: ${{ github.event.inputs.version_tag }}
      run: |-
        docker login -u $DOCKER_USER -p $DOCKER_PASS
        export REPO=somebodysproject/app
        docker build -f Dockerfile -t $REPO:${VERSION_TAG} .
        docker push $REPO:${VERSION_TAG}
"""

FOLLOWING = """name: Coverage
on:
  workflow_run:
    workflows: [Test]
    types: [completed]
jobs:
  report:
    if: ${{ github.event.workflow_run.conclusion == 'success' }}
    runs-on: ubuntu-latest
    permissions: {actions: read, statuses: write}
    steps:
      - uses: actions/checkout@v6
      - run: smokeshow upload htmlcov
        env:
          HEAD: ${{ github.event.workflow_run.head_sha }}
          BASE: ${{ github.sha }}
"""
TEST = """name: Test
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - run: pytest | tee log
        env:
          CODECOV_TOKEN: ${{ secrets.CODECOV_TOKEN }}
"""

ELSEWHERE = """name: Build and release
on:
  push:
    branches: [main]
  release:
    types: [published]
jobs:
  image:
    uses: somebody/workflows/.github/workflows/docker.yml@v3
    with:
      image: ghcr.io/${{ github.repository }}
    secrets: inherit
  chart:
    needs: image
    runs-on: ubuntu-latest
    permissions: {contents: write}
    steps:
      - uses: actions/checkout@v4
        with: {ref: gh-pages, token: "${{ secrets.PAT }}"}
      - run: |
          helm repo index .
          git add index.yaml && git commit -m "chart" && git push
      - uses: stefanzweifel/git-auto-commit-action@v5
"""

FORMER = """name: ci
on:
  push:
    branches-ignore: ['translations**']
jobs:
  prepare:
    runs-on: ubuntu-20.04
    outputs:
      version: ${{ steps.setup.outputs.version }}
    steps:
      - id: setup
        run: |
          version=$(python .github/scripts/version.py)
          echo ::set-output name=version::${version}
  image:
    needs: prepare
    runs-on: [self-hosted, linux]
    concurrency:
      group: ${{ github.workflow }}-${{ github.ref_name }}
      cancel-in-progress: true
    steps:
      - uses: actions/checkout@v3
      - run: docker build -t registry.example.org/app:$VERSION . && docker push registry.example.org/app:$VERSION
        env:
          VERSION: ${{ needs.prepare.outputs.version }}
"""

SHAPES = {
    "a release to two registries": {"release.yml": RELEASE},
    "GitHub's own starter": {"docker-publish.yml": STARTER},
    "one image by digest for each platform": {"build.yml": BY_DIGEST},
    "a reusable workflow and another repository's manifests": {"image.yaml": CALLING, "image-reuse.yaml": CALLED},
    "a matrix of services": {"services.yml": MATRIX},
    "clouds' registries": {"deploy.yml": CLOUD},
    "Docker Hub by hand": {"push.yml": HUB},
    "a report after tests": {"coverage.yml": FOLLOWING, "test.yml": TEST},
    "another repository's workflow": {"release.yml": ELSEWHERE},
    "outputs of the former kind": {"ci.yml": FORMER},
}
