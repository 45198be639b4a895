"""Services that keep what people read, asked over their own interfaces, and told what was printed."""
