"""The machine itself, in the roles of the clock and of chance."""
