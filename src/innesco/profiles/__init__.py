"""Profiles: who a person is to the shop, what we know of them, and what they allowed."""
