"""Innesco: marketing automation for e-commerce. `way.py` is the first file to read."""
