"""Fico & Ginepro: the demo's shop, a merchant's own application that knows only Innesco's doors."""
