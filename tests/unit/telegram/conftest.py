"""PTB as the bot sets it up: bot.telegram.client tells it that timedeltas are welcome."""

import bot.telegram.client  # noqa: F401
