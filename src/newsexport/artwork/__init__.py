"""Pictures: the drawn cover, and pictures made fit for devices."""

# An e-reader loads those of a whole page over a slow network: pixels a side, and bytes.
LISTED = (300, 20_000)
