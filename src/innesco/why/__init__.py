"""Why: each gate that a person passed or failed on her way into and through a journey, then."""
