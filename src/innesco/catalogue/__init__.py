"""Catalogue: what the shop sells; messages and pages take their words about products from here."""
