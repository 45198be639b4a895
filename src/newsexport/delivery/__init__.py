"""Finished files to where they are read: a device that is plugged in, a mailbox, a folder."""
