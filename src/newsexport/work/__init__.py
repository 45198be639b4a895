"""Where work is done: threads, processes and clusters, what guards them, and how long it takes yet."""
