"""Drawing: figures as pictures with captions, fonts, margins."""
