"""What leaves the tool: findings with their figures, tables and lives, for people who never run it."""
