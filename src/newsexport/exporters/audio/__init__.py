"""Edition to sound with a chapter for every section, article and long part of one."""

from newsexport.exporters.audio.exporter import AudioExporter

__all__ = ["AudioExporter"]
