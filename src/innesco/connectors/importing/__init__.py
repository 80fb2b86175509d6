"""Importing: what a shop did before it had Innesco, read from the files it can export."""
