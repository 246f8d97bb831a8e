"""Nouns and rules of a meetup community: pure values and functions, no input or output."""
