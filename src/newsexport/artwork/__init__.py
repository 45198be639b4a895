"""Pictures: the drawn cover, and pictures made fit for devices."""
