"""Drawing: pictures with captions, their inks, axes with margins, letters.

What every figure has in common stands here once; what one figure shows, in the room of its
notebook. The only room, with those figure modules, that knows matplotlib.
"""

from smartlib.present.drawing.axes import (
    EDGE,
    FOOT,
    GAP,
    HEADING,
    LEGEND,
    LINE,
    RIM,
    SMALL,
    WIDTH,
    bare_axes,
    drawing,
    legend_above,
    named_rows,
    names_below,
    names_beside,
    room,
    scale_below,
    scale_beside,
    title_above,
    write,
)
from smartlib.present.drawing.lettering import width_of
from smartlib.present.drawing.picture import (
    FAINT,
    FALL,
    INDEX_COLOURS,
    INK,
    MUTED,
    NATION,
    PROVINCE,
    REGION,
    RISE,
    SCALE_SHADES,
    SHARE_COLOURS,
    TRACK,
    DensePicture,
    Picture,
)
