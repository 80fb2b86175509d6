"""The family of errors nobody planned; outcomes that belong to the work are values instead."""


class InnescoError(Exception):
    """Something went wrong that nobody planned; the message names the place and the mend."""
