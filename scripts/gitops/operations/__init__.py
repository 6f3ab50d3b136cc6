"""What gitops can do, one module each. The command line only calls these."""
