"""Reading tables as their authors made them: files, numbers, names of regions."""
