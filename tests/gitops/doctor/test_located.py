"""What a rule finds in rendered objects is reported in the line of the file that says it."""

import pytest

from gitops.doctor.all_checks import CHECKS, examine
from tests.gitops.doctor.repositories import BASE, OVERLAY, PRODUCTION, Edit, edited

BACKEND = "k8s/base/backend.yaml"
PATCH = "k8s/overlays/satomichi/patch.yaml"
MERGED = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: backend
spec:
  template:
    spec:
      containers:
        - name: backend
          readinessProbe:
            httpGet:
              path: /healthz
"""
PATCHED = "patches:\n  - path: patch.yaml\nimages:"
OPERATIONS = """patches:
  - target:
      kind: Deployment
      name: front.*
    patch: |-
      - op: remove
        path: /spec/template/spec/containers/0/lifecycle
      - op: replace
        path: /spec/template/spec/containers/0/env/1/value
        value: http://backend:1
images:"""
GENERATED = "configMapGenerator:\n  - name: version\n    literals: [a=b]\nimages:"


@pytest.mark.parametrize(
    ("check", "path", "line", "edits"),
    [
        ("old-replica-sets-are-few", BACKEND, "  revisionHistoryLimit: 20", Edit(BACKEND, "Limit: 3", "Limit: 20")),
        (
            "liveness-is-not-readiness",
            BACKEND,
            "              path: /healthz # not ready",
            Edit(BACKEND, "path: /readyz", "path: /healthz # not ready"),
        ),
        (
            "pods-are-restricted",
            "k8s/base/frontend.yaml",
            "            allowPrivilegeEscalation: true",
            Edit("k8s/base/frontend.yaml", "Escalation: false", "Escalation: true"),
        ),
        ("urls-name-services", OVERLAY, "        value: http://backend:1", Edit(OVERLAY, "images:", OPERATIONS)),
        (
            "pods-end-gracefully",
            OVERLAY,
            "      - op: remove",
            Edit(OVERLAY, "images:", OPERATIONS),
        ),
        (
            "liveness-is-not-readiness",
            PATCH,
            "              path: /healthz",
            (Edit(OVERLAY, "images:", PATCHED), Edit(PATCH, "", MERGED)),
        ),
        ("autoscalers-have-room", PRODUCTION, "        value: 3", Edit(PRODUCTION, "value: 10", "value: 3")),
        (
            "quotas-hold-a-rollout",
            "k8s/components/class-quota/resource-quota.yaml",
            '    pods: "4"',
            Edit("k8s/components/class-quota/resource-quota.yaml", 'pods: "14"', 'pods: "4"'),
        ),
        ("config-maps-are-used", OVERLAY, "  - name: version", Edit(OVERLAY, "images:", GENERATED)),
        (
            "images-are-pinned",
            "k8s/overlays/local/kustomization.yaml",
            "    newTag: latest",
            Edit("k8s/overlays/local/kustomization.yaml", "newTag: local", "newTag: latest"),
        ),
        (
            "services-select-one-workload",
            BACKEND,
            "  selector:",
            (
                Edit(BASE, "labels:", "namePrefix: my-\nlabels:"),
                Edit(BACKEND, "name: backend\n  ports", "name: back-end\n  ports"),
            ),
        ),
    ],
    ids=str,
)
def test_the_line_is_the_one_to_change(check: str, path: str, line: str, edits: Edit | tuple[Edit, ...]) -> None:
    checkout = edited(*((edits,) if isinstance(edits, Edit) else edits), rendering=True)
    locations = {one.location for one in CHECKS[check].find(checkout)}
    said = {(location.path, checkout.files[location.path].splitlines()[location.line - 1]) for location in locations}
    assert (path, line) in said


def test_the_last_line_of_kustomize_comes_first_without_the_folders_of_this_machine() -> None:
    checkout = edited(Edit(OVERLAY, "images:", "patches:\n  - path: missing.yaml\nimages:"), rendering=True)
    (problem,) = CHECKS["overlays-render"].find(checkout)
    assert problem.what.startswith(
        "The overlay satomichi does not render: failed to get the patch file from path(missing"
    )
    assert "/tmp" not in problem.what
    assert "\n" not in problem.what


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (Edit(OVERLAY, f"newTag: sha-{'0' * 40}", "newTag: 010"), "newTag: 010 is no text"),
        (Edit(BACKEND, "terminationGracePeriodSeconds: 40", 'terminationGracePeriodSeconds: "5s"'), 'is "5s"'),
        (
            Edit(BACKEND, "runAsNonRoot: true", "runAsNonRoot: true\n        windowsOptions: {hostProcess: true}"),
            "windowsOptions.hostProcess may not be true",
        ),
    ],
    ids=str,
)
def test_values_are_said_as_they_are_written(edit: Edit, said: str) -> None:
    assert any(said in finding.what for finding in examine(edited(edit, rendering=True)))
