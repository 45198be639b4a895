"""News articles to an EPUB, a chaptered MP3 or a text file."""

from importlib.metadata import version

__version__ = version("newsexport")
