"""Sound as samples and as MP3: levels, frames and tags."""
