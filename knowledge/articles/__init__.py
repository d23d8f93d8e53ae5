"""What articles say that is no longer so, or never was: claims as data, and a checker for pasted texts."""
