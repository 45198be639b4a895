"""A newspaper in columns, as PDF."""
