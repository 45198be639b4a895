"""Finished files to where they are read: a device, plugged in or not, a mailbox, a folder, a server."""
