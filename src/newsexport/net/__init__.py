"""The one client for everything that is fetched: guarded, polite, and with a memory."""
