"""Conditions: one language of questions about a person, answered live and over everybody."""
