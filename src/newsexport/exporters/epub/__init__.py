"""An edition as an EPUB 3.3 that older reading systems understand as well."""
