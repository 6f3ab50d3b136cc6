from gitops.operations.student_label import LABEL
from tests.gitops.doctor.cases import case, rendered_case
from tests.gitops.doctor.repositories import (
    APPLICATION,
    APPLICATION_SET,
    BASE,
    OVERLAY,
    PRODUCTION,
    PROJECT,
    Edit,
)

URL = "https://github.com/satomichi/k8s-practice"
PATH = "path: k8s/overlays/satomichi"
SECOND = f"""
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {{name}}
spec:
  project: default
  source:
    repoURL: {URL}
    targetRevision: main
    path: k8s/overlays/production
  destination:
    namespace: {{namespace}}
"""
HELM = """
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: redis
spec:
  project: default
  source:
    repoURL: https://charts.example.org
    chart: redis
    targetRevision: 20.1.x
  destination:
    namespace: satomichi
"""
ELSEWHERE = """---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {name}
spec:
  project: default
  sources:
    - repoURL: https://github.com/argoproj/argocd-example-apps
      targetRevision: master
      path: guestbook
  destination:
    namespace: satomichi
"""
ANOTHER = "k8s/argocd-applications/another-application.yaml"
RETRY = "    retry:"
CLIENT = "frontend/src/lib/api/client.ts"
BACKEND = "k8s/base/backend.yaml"
NO_USER = Edit(BACKEND, "        runAsUser: 10001\n        runAsGroup: 10001\n", "")
WHOLE = "http://backend.$(NAMESPACE).svc.cluster.local:8000"
COMPONENT = "k8s/components/autoscaling/kustomization.yaml"
EXTRA = "k8s/components/extra/kustomization.yaml"
GENERATOR = "configMapGenerator:\n  - name: settings\n    literals: [level=debug]\n"
FIXED = "generatorOptions:\n  disableNameSuffixHash: true\n"
LEVEL = Edit(
    BACKEND,
    "          env:\n",
    "          env:\n            - name: GUTENBERG_LOG_LEVEL\n"
    "              valueFrom: {configMapKeyRef: {name: settings, key: level}}\n",
)
ADDRESS = "return `/api${path}"

FORMER = "k8s/overlays/upstream/kustomization.yaml"
IMAGES = """\
namespace: upstream
resources: [../../base]
images:
  - name: k8s-practice-backend
    newName: ghcr.io/{owner}/k8s-practice-backend
"""

CASES = [
    case(
        "applications-follow-this-repository",
        "https://github.com/upstream/k8s-practice",
        Edit(APPLICATION, URL, "https://github.com/upstream/k8s-practice"),
        Edit(APPLICATION, URL, "git@github.com:satomichi/k8s-practice.git"),
    ),
    case(
        "applications-follow-this-repository",
        "https://gitlab.example.org/mirror/books",
        Edit(APPLICATION, URL, "https://gitlab.example.org/mirror/books"),
        (
            Edit(APPLICATION, URL, "https://github.com/argoproj/argocd-example-apps"),
            Edit(APPLICATION, PATH, "path: kustomize-guestbook"),
            Edit(APPLICATION, "targetRevision: main", "targetRevision: master"),
        ),
    ),
    *(
        case(
            name,
            line,
            Edit(APPLICATION, old, new),
            Edit(ANOTHER, "", HELM + ELSEWHERE.format(name="elsewhere")),
        )
        for name, line, old, new in (
            ("applications-follow-this-repository", "github.com/up/k8s-practice", URL, URL.replace("satomichi", "up")),
            ("applications-name-a-path-that-exists", "path: k8s/overlay", PATH, "path: k8s/overlay"),
            ("applications-follow-a-branch-that-exists", "master", "targetRevision: main", "targetRevision: master"),
        )
    ),
    case(
        "applications-name-a-path-that-exists",
        "path: k8s/overlays/satomitchi",
        Edit(APPLICATION, PATH, "path: k8s/overlays/satomitchi"),
        Edit(APPLICATION, PATH, "path: ./k8s/overlays/satomichi/"),
    ),
    case(
        "applications-name-a-path-that-exists",
        "path: k8s/overlays/satomitchi",
        Edit(APPLICATION, PATH, "path: k8s/overlays/satomitchi"),
        Edit(APPLICATION, PATH, "path: k8s/argocd-applications/class"),
    ),
    case(
        "applications-follow-a-branch-that-exists",
        "targetRevision: master",
        Edit(APPLICATION, "targetRevision: main", "targetRevision: master"),
        Edit(APPLICATION, "targetRevision: main", "targetRevision: HEAD"),
    ),
    case(
        "overlays-are-of-this-owner",
        "newName: ghcr.io/upstream/k8s-practice-backend",
        Edit(FORMER, "", IMAGES.format(owner="upstream")),
        Edit(FORMER, "", IMAGES.format(owner="satomichi")),
    ),
    case(
        "overlays-are-of-this-owner",
        "path: k8s/overlays/upstream",
        (
            Edit(FORMER, "", IMAGES.format(owner="upstream")),
            Edit(APPLICATION, PATH, "path: k8s/overlays/upstream"),
        ),
        Edit(FORMER, "", f"{IMAGES.format(owner='upstream')}labels: [{{pairs: {{{LABEL}: upstream}}}}]\n"),
    ),
    case(
        "applications-deploy-to-the-overlays-namespace",
        "namespace: default",
        Edit(APPLICATION, "    namespace: satomichi", "    namespace: default"),
        Edit(APPLICATION, "    namespace: satomichi", "    namespace: 'satomichi'"),
    ),
    case(
        "applications-deploy-to-the-overlays-namespace",
        "namespace: default",
        Edit(APPLICATION, "    namespace: satomichi", "    namespace: default"),
        Edit(OVERLAY, "namespace: satomichi\n", ""),
    ),
    case(
        "projects-permit-their-applications",
        "destinations:",
        Edit(PROJECT, "      namespace: satomichi", "      namespace: student-*"),
        Edit(PROJECT, "      namespace: satomichi", "      namespace: sato*"),
    ),
    case(
        "projects-permit-their-applications",
        "project: class",
        Edit(APPLICATION, "project: default", "project: class"),
        Edit(APPLICATION, "project: default", "project: gutenberg-search-satomichi"),
    ),
    case(
        "projects-permit-the-namespace-that-is-to-be-made",
        "CreateNamespace=true",
        Edit(APPLICATION, "project: default", "project: gutenberg-search-satomichi"),
        (
            Edit(APPLICATION, "project: default", "project: gutenberg-search-satomichi"),
            Edit(APPLICATION, "CreateNamespace=true", "CreateNamespace=false"),
        ),
    ),
    case(
        "application-names-are-unique",
        "name: gutenberg-search-satomichi",
        Edit(ANOTHER, "", SECOND.format(name="gutenberg-search-satomichi", namespace="gutenberg-search-production")),
        Edit(ANOTHER, "", SECOND.format(name="gutenberg-search-production", namespace="gutenberg-search-production")),
    ),
    case(
        "namespaces-belong-to-one-overlay",
        "namespace: satomichi",
        Edit(ANOTHER, "", SECOND.format(name="gutenberg-search-production", namespace="satomichi")),
        Edit(ANOTHER, "", SECOND.format(name="gutenberg-search-production", namespace="satomichi-production")),
    ),
    case(
        "namespaces-belong-to-one-overlay",
        "namespace: satomichi",
        Edit(ANOTHER, "", SECOND.format(name="gutenberg-search-production", namespace="satomichi")),
        Edit(ANOTHER, "", HELM + ELSEWHERE.format(name="elsewhere")),
    ),
    case(
        "namespaces-belong-to-one-overlay",
        "namespace: satomichi",
        Edit(ANOTHER, "", SECOND.format(name="gutenberg-search-production", namespace="satomichi")),
        Edit(
            ANOTHER,
            "",
            SECOND.format(name="gutenberg-search-production", namespace="satomichi\n    server: https://prod:6443"),
        ),
    ),
    case(
        "namespaces-belong-to-one-overlay",
        "namespace: satomichi",
        Edit(PRODUCTION, "namespace: gutenberg-search-production", "namespace: satomichi"),
        Edit(PRODUCTION, "namespace: gutenberg-search-production", "namespace: satomichi-2"),
    ),
    case(
        "applications-leave-images-to-git",
        "images:",
        Edit(APPLICATION, PATH, f"{PATH}\n    kustomize:\n      images: [k8s-practice-backend=other:1]"),
        Edit(APPLICATION, PATH, f"{PATH}\n    kustomize:\n      images: []"),
    ),
    case(
        "automated-syncs-are-retried",
        "syncPolicy:",
        Edit(APPLICATION, RETRY, "    never:"),
        (Edit(APPLICATION, RETRY, "    never:"), Edit(APPLICATION, "    automated:", "    byHand:")),
    ),
    case(
        "application-sets-delete-nothing-by-mistake",
        "syncPolicy:",
        Edit(APPLICATION_SET, "applicationsSync: create-update\n    preserveResourcesOnDeletion: true", "retry: {}"),
        Edit(APPLICATION_SET, "applicationsSync: create-update\n", "applicationsSync: sync\n"),
    ),
    case(
        "files-are-valid-yaml",
        "replicas: *2",
        Edit("k8s/base/backend.yaml", "replicas: 2\n", "replicas: *2\n"),
        Edit("k8s/base/backend.yaml", "replicas: 2\n", "replicas: 0x2\n"),
    ),
    case(
        "files-are-valid-yaml",
        "replicas: \x07",
        Edit("k8s/base/backend.yaml", "replicas: 2\n", "replicas: \x07\n"),
        Edit("k8s/base/backend.yaml", "replicas: 2\n", "replicas: '2\t'\n"),
    ),
    case(
        "kustomizations-stay-inside-k8s",
        "x?ref=--upload-pack=true",
        Edit(OVERLAY, "  - ../../base", "  - file:///etc//x?ref=--upload-pack=true\n  - ../../base"),
        Edit(OVERLAY, "  - ../../base", "  - ../../components/../base/"),
    ),
    case(
        "kustomizations-stay-inside-k8s",
        "path: ../../../Makefile",
        Edit(BASE, "resources:", "patches:\n  - path: ../../Makefile\n  - path: ../../../Makefile\nresources:"),
        Edit(BASE, "resources:", "patches:\n  - path: ../overlays/a-patch.yaml\nresources:"),
    ),
    case(
        "overlays-have-one-kustomization",
        "resources: []",
        Edit(OVERLAY.replace(".yaml", ".yml"), "", "resources: []\n"),
        Edit("k8s/overlays/satomichi/namespace.yml", "", "kind: Namespace\n"),
    ),
    case(
        "overlays-have-one-kustomization",
        "kind: Namespace",
        Edit("k8s/overlays/ada/namespace.yaml", "", "kind: Namespace\n"),
        Edit("k8s/overlays/ada/Kustomization", "", "resources: [../../base]\n"),
    ),
    rendered_case(
        "overlays-render",
        "  - ../../basis",
        Edit(OVERLAY, "../../base", "../../basis"),
        Edit(OVERLAY, "../../base", "../../base/"),
    ),
    rendered_case(
        "overlays-render",
        "  - path: missing.yaml",
        Edit(OVERLAY, "images:", "patches:\n  - path: missing.yaml\nimages:"),
        Edit(OVERLAY, "images:", "patches: []\nimages:"),
    ),
    case(
        "labels-leave-selectors-alone",
        "commonLabels:",
        Edit(OVERLAY, "images:", "commonLabels:\n  class: a\nimages:"),
        Edit(OVERLAY, "images:", "labels:\n  - pairs: {class: a}\nimages:"),
    ),
    case(
        "labels-leave-selectors-alone",
        "includeSelectors: true",
        Edit(BASE, "includeTemplates: true", "includeSelectors: true"),
        Edit(BASE, "includeTemplates: true", "includeSelectors: false"),
    ),
    *(
        rendered_case(
            "config-changes-roll-out",
            "disableNameSuffixHash: true",
            (Edit(OVERLAY, "images:", f"{GENERATOR}{options}images:"), LEVEL),
            alike,
        )
        for options, alike in (
            (
                "    options:\n      disableNameSuffixHash: true\n",
                (Edit(OVERLAY, "images:", f"{GENERATOR}images:"), LEVEL),
            ),
            (FIXED, Edit(OVERLAY, "images:", f"{GENERATOR}{FIXED}images:")),
        )
    ),
    rendered_case(
        "projects-permit-every-object",
        "namespaceResourceWhitelist:",
        Edit(PROJECT, "    - group: policy\n      kind: PodDisruptionBudget\n", ""),
        Edit(PROJECT, "kind: PodDisruptionBudget", "kind: '*'"),
    ),
    rendered_case(
        "probes-ask-routes-that-exist",
        "path: /ready",
        Edit("k8s/base/backend.yaml", "path: /readyz", "path: /ready"),
        Edit("k8s/base/backend.yaml", "path: /readyz", "path: /metrics"),
    ),
    case(
        "the-page-calls-its-own-origin",
        "http://localhost:8000",
        Edit(CLIENT, ADDRESS, "return `http://localhost:8000${path}"),
        Edit("frontend/vite.config.ts", "", "// http://localhost:8000 is the backend.\n"),
    ),
    rendered_case(
        "probes-ask-routes-that-exist",
        "path: /ready",
        Edit(BACKEND, "path: /readyz", "path: /ready"),
        Edit(BACKEND, "path: /readyz", "path: /openapi.json"),
    ),
    rendered_case(
        "container-ports-are-those-of-the-image",
        "containerPort: 8001",
        Edit(BACKEND, "containerPort: 8000", "containerPort: 8001"),
        (
            Edit(BACKEND, "containerPort: 8000", "containerPort: 8001"),
            Edit(BACKEND, "          env:\n", "          env:\n            - {name: GUTENBERG_PORT, value: '8001'}\n"),
        ),
    ),
    rendered_case(
        "images-expose-the-ports-on-which-they-listen",
        "EXPOSE 8001",
        Edit("backend/Dockerfile", "EXPOSE 8000", "EXPOSE 8001"),
        (
            Edit(BACKEND, "containerPort: 8000", "containerPort: 8001"),
            Edit("backend/Dockerfile", "EXPOSE 8000", "ENV GUTENBERG_PORT=8001\nEXPOSE 8001/tcp"),
        ),
    ),
    rendered_case(
        "container-ports-are-those-of-the-image",
        "containerPort: 8080",
        Edit("frontend/nginx/templates/default.conf.template", "listen 8080;", "listen 8081;"),
        Edit("frontend/nginx/templates/default.conf.template", "listen 8080;", "listen 0.0.0.0:8080 default_server;"),
    ),
    rendered_case(
        "variables-are-read-by-the-application",
        "name: GUTENBERG_DRAIN",
        Edit(BACKEND, "GUTENBERG_DRAIN_SECONDS\n", "GUTENBERG_DRAIN\n"),
        Edit(BACKEND, "GUTENBERG_DRAIN_SECONDS\n", "GUTENBERG_QUERY_SECONDS\n"),
    ),
    rendered_case(
        "variables-are-read-by-the-application",
        "name: BACKEND_URI",
        Edit("k8s/base/frontend.yaml", "name: BACKEND_URL", "name: BACKEND_URI"),
        Edit("k8s/base/frontend.yaml", "name: BACKEND_URL", "name: BACKEND_URL # not BACKEND_URI"),
    ),
    rendered_case(
        "nginx-is-given-whole-names",
        "value: http://backend:8000",
        Edit("k8s/base/frontend.yaml", WHOLE, "http://backend:8000"),
        Edit("k8s/base/frontend.yaml", WHOLE, "http://backend.another.svc.cluster.local:8000"),
    ),
    rendered_case(
        "patches-match-an-object",
        "kind: HorizontalPodAutoscaler",
        Edit(PRODUCTION, "  - ../../components/autoscaling\n", ""),
        Edit(PRODUCTION, "kind: HorizontalPodAutoscaler", "kind: Horizontal.*"),
    ),
    rendered_case(
        "patches-match-an-object",
        "name: back|front",
        Edit(COMPONENT, "name: backend|frontend", "name: back|front"),
        Edit(COMPONENT, "name: backend|frontend", "name: (back|front)end"),
    ),
    rendered_case(
        "patches-match-an-object",
        "name: back|front",
        Edit(COMPONENT, "name: backend|frontend", "name: back|front"),
        Edit(PRODUCTION, "namespace:", "namePrefix: production-\nnamespace:"),
    ),
    rendered_case(
        "overlays-render",
        "  - backend.yml",
        Edit("k8s/base/kustomization.yaml", "  - backend.yaml", "  - backend.yml"),
        Edit("k8s/base/kustomization.yaml", "  - backend.yaml", "  - ./backend.yaml"),
    ),
    case(
        "components-are-used-or-explained",
        "kind: Component",
        Edit(EXTRA, "", "kind: Component\nresources: []\n"),
        (
            Edit(EXTRA, "", "kind: Component\nresources: []\n"),
            Edit(OVERLAY, "components:", "components:\n  - ../../components/extra"),
        ),
    ),
    rendered_case(
        "images-name-their-user-by-number",
        "USER app",
        (Edit("backend/Dockerfile", "USER 10001:10001", "USER app"), NO_USER),
        (Edit("backend/Dockerfile", "USER 10001:10001", "USER 10001"), NO_USER),
    ),
    rendered_case(
        "images-name-their-user-by-number",
        "USER app",
        (Edit("backend/Dockerfile", "USER 10001:10001", "USER app"), NO_USER),
        Edit("backend/Dockerfile", "USER 10001:10001", "USER app"),
    ),
]
