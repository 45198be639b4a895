"""A library over HTTP, for podcast apps, e-readers and browsers of a household."""
