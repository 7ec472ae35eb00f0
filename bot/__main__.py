"""``python -m bot`` is ``lalabot``."""

from bot.cli import main

if __name__ == "__main__":
    main()
