"""The reference letter: what it must hold, and a skeleton with questions for the person's own occupation."""
