"""The roles that the core needs filled: who fills them is decided in ``bot.wiring``."""
