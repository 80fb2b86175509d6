"""Connectors: the shell's hands to servers outside; what their words mean is in the core."""
