"""The local Bot API, its chat page in the browser, and the story client that tests talk through."""

from bot.sandbox.server import RunningSandbox, SandboxError, running_sandbox, sandbox_process
from bot.sandbox.story import StoryClient, StoryError, StoryPerson

__all__ = [
    "RunningSandbox",
    "SandboxError",
    "StoryClient",
    "StoryError",
    "StoryPerson",
    "running_sandbox",
    "sandbox_process",
]
