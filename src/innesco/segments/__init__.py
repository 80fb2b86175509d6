"""Segments: who belongs together, by a condition that is asked again when something changed."""
