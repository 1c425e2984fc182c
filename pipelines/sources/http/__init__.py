"""Asking web sites politely and within limits: the one HTTP client, its rate limit, retries and robots.txt."""
