"""Telegram's side: updates in, replies out. What is said is decided in bot.conversation."""
