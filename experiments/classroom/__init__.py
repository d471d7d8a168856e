"""The classroom: a page in the browser where policy is played, and the server behind it."""
