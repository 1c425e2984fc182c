"""Running the stages: their order, the lock, the fingerprint of a build, and the selection of reports."""
