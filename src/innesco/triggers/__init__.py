"""Triggers: a condition on live behaviour that fires the moment it holds."""
