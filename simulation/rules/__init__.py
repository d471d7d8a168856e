"""The rules, one person at a time: small pure functions that read the law, the world and a person's own luck."""
