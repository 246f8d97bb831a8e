"""A small Slack on loopback: Web API, Socket Mode, response URLs and uploads, as strict as the real one.

Where a docstring cites a page by name it is one of docs.slack.dev; "method reference" means the list of arguments and
errors that Slack documents for each Web API method.
"""

from adapters.playground.slack.standin import SlackStandIn

__all__ = ["SlackStandIn"]
