"""Packs as folders of TOML: their format, loader, lint, exports, and the importers of other bots' lists."""
