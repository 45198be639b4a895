"""From what the user typed to the articles of an edition, with their pictures."""
