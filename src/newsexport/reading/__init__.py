"""What was read and heard: where articles lie in files, how far somebody came, what comes again."""
