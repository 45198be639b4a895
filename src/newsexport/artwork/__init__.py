"""Pictures: the drawn cover, and pictures made fit for devices."""

# Of a cover beside an issue, pixels a side.
COVER = 1400
# An e-reader loads those of a whole page over a slow network: pixels a side, and bytes.
LISTED = (300, 20_000)
