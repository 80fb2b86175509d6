"""Storage: one file a noun; all tables stand in `tables.py`, changes of them in migrations."""
