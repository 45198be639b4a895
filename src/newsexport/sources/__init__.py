"""Bytes to articles: one module for each kind of input."""
