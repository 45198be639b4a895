"""The article in a page: which part of the tree it is, what else stands there, and what the page says of it."""
