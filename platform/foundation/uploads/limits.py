"""What a file may weigh, and what reading it may cost."""

MEGABYTE = 1024 * 1024

MAX_BYTES = 10 * MEGABYTE
MAX_PIXELS = 40_000_000
# These decoders hold the picture several times over.
MAX_PIXELS_OF_HEIC = 36_000_000
MAX_PIXELS_OF_WEBP = 16_000_000
MAX_PAGES = 30
# Longest side of a picture once rewritten: a page stays legible at 250 dpi.
MAX_SIDE = 3000
JPEG_QUALITY = 85

# One child process: address space, processor time, and patience of the parent.
# Measured to stay under 300 MB of memory; the HEIC library reserves 100 MB unused.
CHILD_ADDRESS_SPACE = 310 * MEGABYTE
CHILD_ADDRESS_SPACE_FOR_HEIC = 400 * MEGABYTE
CHILD_CPU_SECONDS = 4
CHILD_WALL_SECONDS = 12
# Children at once in one web process, and how long an upload waits for its turn.
CHILDREN_AT_ONCE = 2
TURN_SECONDS = 20

# Exit codes of the child: the installation is at fault, or the file is.
BROKEN_INSTALLATION = 70
OUT_OF_MEMORY = 71

# What the child process is asked for, and the side of the square in pixels: enough to
# know a face on a phone, little enough to show thirty of them.
PORTRAIT = "portrait"
PORTRAIT_SIDE = 320
