"""The interview and intent routing: (session, event, today) -> (session, replies). Pure."""
