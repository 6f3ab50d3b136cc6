"""Brings what main has built to the cluster, through git: one commit to an overlay at a time."""
