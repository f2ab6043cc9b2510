"""What a student's notebook needs: answers compared by value, from sealed keys; files found.

Standard library alone (a test looks).
"""
