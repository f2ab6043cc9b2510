"""Floor 2: the composite index; its audit, ranks and trust; one region among the others.

Takes frames and arrays, never reads a file. Each room inside names what is used from outside.
"""

from smartlib.index.audit import *
from smartlib.index.make import *
from smartlib.index.ranks import *
from smartlib.index.region import *
from smartlib.index.trust import *
