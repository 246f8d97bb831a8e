"""Adapters: each translates between one chat platform and the bot's own words."""
