"""News articles to an EPUB, a chaptered MP3 or a text file."""

__version__ = "0.2.0"
