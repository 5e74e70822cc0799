-- Rooms have a database of their own, and are there by now.
DROP TABLE rooms;
