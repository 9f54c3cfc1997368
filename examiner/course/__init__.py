"""The course as it lies on the disk, read only."""
