"""Channels: how a message leaves us, and what the other side may answer."""
