"""The admin API: one file a noun; who may what stands beside each route as `needs`."""
