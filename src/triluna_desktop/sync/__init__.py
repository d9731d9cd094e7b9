"""Keeping the cache and the server in step: what to do next is planned as data, then done."""
