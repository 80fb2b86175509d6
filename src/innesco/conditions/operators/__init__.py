"""Operators: one question about one value, asked of a live value and of a whole column."""
