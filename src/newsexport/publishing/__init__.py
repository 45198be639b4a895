"""From a library to what others read of it: the podcast feed, the catalogue, the pages."""
