"""From one source a lesson to a notebook a student, the solution, the lecturer's, and slides."""
