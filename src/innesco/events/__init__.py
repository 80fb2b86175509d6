"""Events: what shoppers do, as the Segment spec names it, checked and folded once at the door."""
