"""A paper that comes out by itself: one run at a time, and what became of the last ones."""
