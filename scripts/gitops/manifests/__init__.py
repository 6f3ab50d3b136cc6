"""Rendered Kubernetes manifests: what they hold, and the rules between them that no schema can state."""
