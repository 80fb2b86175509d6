"""The demo: a shop to walk through, simulated shoppers, and a clock that can be moved."""
