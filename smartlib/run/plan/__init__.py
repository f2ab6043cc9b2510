"""What will be made: parameters, jobs, the data set they read."""
