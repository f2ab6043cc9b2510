"""Every name and code of the regions, and which system a column of codes belongs to."""
