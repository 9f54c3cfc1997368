"""The widget DigitGallery."""
