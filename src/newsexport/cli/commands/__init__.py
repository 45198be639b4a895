"""The commands, a module each: its options beside its function."""
