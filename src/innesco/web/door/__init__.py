"""The door: the tracking API, where events come in (docs/tracking-api.md).

It speaks the Segment spec to any client of that family, keeps the bytes as they came, and says
`{"success":true}` only when they are on the disk.
"""
