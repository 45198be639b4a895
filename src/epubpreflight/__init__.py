"""Finds what readers and shops would refuse in an EPUB, without Java and without a network."""
