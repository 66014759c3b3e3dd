"""The bare tables that floors write to."""

TABLES = """
CREATE TABLE IF NOT EXISTS floor_session (id int PRIMARY KEY, taken int NOT NULL);
CREATE TABLE IF NOT EXISTS floor_booking (
  id bigserial PRIMARY KEY, session_id int, child int, price int);
TRUNCATE floor_session, floor_booking;
INSERT INTO floor_session VALUES (1, 0)
"""
