"""Running the stages: their order, the lock, what a build depends on, and which reports a command is about."""
