"""Proofs: one file a promise, shown on the machine that runs it; `docs/verify.md` lists them."""
