"""The widget ActivationExplorer."""
