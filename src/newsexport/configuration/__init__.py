"""What a user wrote in newsexport.toml, as values."""
