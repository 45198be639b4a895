"""An edition as an EPUB 3.3 that older reading systems understand as well."""

from newsexport.exporters.epub.exporter import EpubExporter

__all__ = ["EpubExporter"]
