"""Asking web sites within limits: rate limit, robots.txt, retries with backoff, redirects, sizes and timeouts."""
