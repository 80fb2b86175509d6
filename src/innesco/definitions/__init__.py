"""Definitions: everything a merchant makes, as versioned documents decoded into typed values."""
