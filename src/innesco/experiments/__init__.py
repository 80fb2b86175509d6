"""Experiments: fair draws that are the same everywhere, and what they taught."""
