"""What is said below `present/`, Indonesian and English side by side: a module a subject.

Errors, questions and notes on tables and formulas; whoever prints them chooses the language.
"""
