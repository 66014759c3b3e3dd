"""French of Canada."""
