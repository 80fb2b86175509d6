"""Messages: what is said to a person, whether it may be said now, and how it went."""
