"""Edition to speech: what is said, in which order, and when."""
