"""The widget BackpropSteps."""
