"""Flashmob's core: events, guest lists and reminders, in words that no platform and no database owns."""
