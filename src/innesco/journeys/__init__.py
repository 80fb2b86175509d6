"""Journeys: what happens to whom, when; a pure step over one person and one happening."""
