"""The widget ."""
