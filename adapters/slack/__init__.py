"""Slack: reads what its frames say into calls, and draws replies in its blocks."""

from adapters.slack.adapter import Slack
from adapters.slack.manifest import manifest

__all__ = ["Slack", "manifest"]
