"""The commands of `gitops`, in the groups of its help; those of `doctor` and `practice` stand with them."""
