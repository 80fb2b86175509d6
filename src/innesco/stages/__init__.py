"""Stages of the way: what each one does to a turn; `way.py` says in which order."""
