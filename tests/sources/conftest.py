"""Properties are about what comes out: the first example that loads a language model may take its second."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
