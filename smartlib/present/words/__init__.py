"""Words in both languages side by side: terms, sentences, numbers; tables as they are shown.

A sentence of a report stands here once, with places for its numbers; what the numbers are is
computed in the rooms beside this one. No word here knows how a page or a figure is made.
"""

from smartlib.present.words.tables import Sheet, Text, sheet
from smartlib.present.words.wording import ENGLISH, LANGUAGES, Words
