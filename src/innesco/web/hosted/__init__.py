"""Pages that a message leads to: confirm, unsubscribe, a link, a cart. They need no `live`."""
