"""Letters: what is in a message, and which part of it is to be read."""
