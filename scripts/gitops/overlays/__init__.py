"""The overlays under k8s/overlays: what they are called, what they say, and what kustomize makes of them."""
