"""What people share: desks, school seats, posts, quotas, networks. Once a month, from last month's whole-number counts."""

from simulation.institutions.month import Memory, remember, update_public

__all__ = ["Memory", "remember", "update_public"]
