"""Reads finished files back and says whether they are sound."""
