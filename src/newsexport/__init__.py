"""News articles to an EPUB, a chaptered MP3 or a text file."""


def __getattr__(name: str) -> str:
    """``__version__``, looked up when asked for: the look-up takes longer than all other set-up."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version  # noqa: PLC0415 - most runs never need it

    return version("newsexport")
