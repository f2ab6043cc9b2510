"""What all commands share: printing, progress, options, and what is said of an error."""
