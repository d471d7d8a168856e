"""Class mode: groups design packages under a budget, and hidden seeds tell how each does.

``RoomBook`` keeps rooms in SQLite, ``Evaluation`` runs what was handed in, ``room_routes`` is the door for browsers.
"""
