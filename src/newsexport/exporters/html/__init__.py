"""Blocks as HTML, for the pages of books and of the web."""
