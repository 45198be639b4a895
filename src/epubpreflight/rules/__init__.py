"""The rules of preflight: what may be wrong, how bad it is, and who says so."""
