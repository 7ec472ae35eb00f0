"""Identifiers, each a type of its own so that one cannot stand where another belongs.

Ids of communities, channels and players begin with the platform that gave them (``discord/…``, ``slack/…``, ``web/…``) and are
opaque to the core: only the adapter that made one takes it apart.
"""

from typing import NewType

CommunityId = NewType("CommunityId", str)
"""A guild, a workspace, or the web server: what shares one set of standings."""
ChannelId = NewType("ChannelId", str)
"""A place where the bot posts; unique over all platforms."""
PlayerId = NewType("PlayerId", str)
"""A person, as one platform knows them."""
GameId = NewType("GameId", str)
"""Short, lower-case letters and digits only: it travels in buttons."""
MessageRef = NewType("MessageRef", str)
"""A posted message, in the words of the adapter that posted it."""
PackId = NewType("PackId", str)
FactId = NewType("FactId", str)
QuestionId = NewType("QuestionId", str)
TopicId = NewType("TopicId", str)
ParagraphId = NewType("ParagraphId", str)
"""A paragraph of a pack's source documents (``en-001``)."""
