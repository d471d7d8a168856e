"""Lives one person's life again, and tells each event with its reasons.

``replay`` lives it by the rules themselves; ``events`` reads off what happened; ``terms`` takes a decision apart.
"""

from __future__ import annotations
