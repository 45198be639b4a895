"""Services that keep what people read, asked over their own interfaces; nothing is changed there."""
