"""Names the known fault behind a log of CI, of kubectl or of Argo CD."""
