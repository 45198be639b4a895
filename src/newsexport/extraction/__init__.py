"""The article in a page: which part of the tree it is, and what the page says of it."""
