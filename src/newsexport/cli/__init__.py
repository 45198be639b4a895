"""The command line: a thin translator around the library."""
