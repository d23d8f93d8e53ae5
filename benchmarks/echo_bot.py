"""The bare PTB bot that the interview is measured against: every text is sent back, nothing is kept."""

from __future__ import annotations

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


async def ready(_: Application) -> None:  # type: ignore[type-arg]
    sys.stdout.write("Trillium's measure is ready\n")
    sys.stdout.flush()


def main(api_url: str) -> None:
    builder = Application.builder().token("41:echo").base_url(f"{api_url}/bot").post_init(ready)
    application = builder.concurrent_updates("--concurrent" in sys.argv).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1])
