"""Newsgathering: from what the user typed to articles with their pictures, wherever they lie."""
