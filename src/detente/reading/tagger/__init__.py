"""The tagger: a small network that finds statements and their types, run offline."""

from detente.reading.tagger.session import Tagger, load_tagger

__all__ = ["Tagger", "load_tagger"]
