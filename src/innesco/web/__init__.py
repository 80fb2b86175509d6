"""The web role: tracking API, hosted pages, admin API and the admin UI, in one process."""
