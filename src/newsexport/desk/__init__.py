"""What an editor's desk does before an edition is made: choose, and put the same story together."""
