"""Edition to file: one module or folder for each format."""
