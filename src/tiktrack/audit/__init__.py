"""From canonical tables and rules to a Report."""
