"""The playground: a small Slack and a small Discord on loopback, and the page that shows them.

The stand-ins speak the platforms' own protocols, so that the real slack-bolt and discord.py connect to them: the
demo, the tests and the load tests run the same code as production. Nothing in this package imports the bot.
"""
