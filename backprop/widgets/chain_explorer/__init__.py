"""The widget ChainExplorer."""
