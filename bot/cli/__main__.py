"""`python -m bot.cli`: the same as the console script `oinp`."""

from bot.cli import main

main()
