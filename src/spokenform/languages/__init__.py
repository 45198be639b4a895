"""What differs between languages: a package or a module for each."""
