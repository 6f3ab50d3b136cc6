"""Incidents in the real application: described, judged and proved. A student's tree is data: nothing of it is run."""
