"""The whole loop on one machine: a cluster with Argo CD, a registry and a git remote. Standard library only."""
