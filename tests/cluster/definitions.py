"""The definitions of custom resources that others publish, as they come in their Go modules."""

import json
from dataclasses import dataclass
from pathlib import Path

from bootstrap.cluster.programs import need, output


@dataclass(frozen=True, slots=True)
class Definition:
    """A CustomResourceDefinition by its name: a file of a module, which is pinned by version and by Go's checksum."""

    name: str
    module: str
    checksum: str
    file: str

    def path(self) -> Path:
        """Of the file; downloads the module unless it is here already. Raises CommandError without Go or network."""
        need("go")
        module = json.loads(output("go", "mod", "download", "-json", self.module))
        assert module["Sum"] == self.checksum, f"{self.module} is not what it was: {module['Sum']}"
        return Path(module["Dir"], self.file)


_GATEWAY = ("sigs.k8s.io/gateway-api@v1.4.1", "h1:NPxFutNkKNa8UfLd2CMlEuhIPMQgDQ6DXNKG9sHbJU8=")
_OPERATOR = (
    "github.com/prometheus-operator/prometheus-operator@v0.85.0",
    "h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=",
)
DEFINITIONS = (
    Definition(
        "httproutes.gateway.networking.k8s.io",
        *_GATEWAY,
        "config/crd/standard/gateway.networking.k8s.io_httproutes.yaml",
    ),
    Definition(
        "servicemonitors.monitoring.coreos.com",
        *_OPERATOR,
        "example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml",
    ),
    Definition(
        "prometheusrules.monitoring.coreos.com",
        *_OPERATOR,
        "example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml",
    ),
)
