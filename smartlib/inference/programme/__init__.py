"""Studies of the programme: selection, balancing, tracks, lost rows, improvement."""
