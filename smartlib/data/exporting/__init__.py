"""A frame as files of other programs, with what its columns mean where the format has a place.

Stands above the reading and writing of tables.
"""

from smartlib.data.exporting.frames import FORMATS, Labelled, frame_bytes
