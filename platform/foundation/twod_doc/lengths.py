"""How long the values of a code are, by identifier (specifications, annex of data).

A value of a fixed length is followed at once by the next identifier; any other ends
with a separator, unless it has its greatest length.
"""

_FIXED = {
    1: "1G 1H 5T 68 6J",
    2: "26 2D 34 5J 65 67 6C 6I 6Y",
    3: "6B",
    4: "06 08 09 36 37 45 4S 53 54",
    5: "24 2B 4P 5H 6W",
    6: "07 51",
    7: "52",
    8: "1C 4A 4B 4C 55 56 57 69 6L 6N 6O",
    9: "0A 0B",
    12: "6R",
    13: "40 44 47 49",
    14: "50",
    15: "4F",
    19: "6K",
    21: "5N",
    36: "0D",
}
_AT_MOST = {
    3: "4M",
    5: "43",
    10: "6H 6Q",
    11: "32 38 39 58 5A 5C 6Z",
    12: "41 4D 4E 4I 4J 59 5B 5U",
    14: "5L",
    16: "1D",
    20: "61 66",
    30: "1E 1F 33 4R 4T",
    32: "25 2C 4Q 5I 6A 6X",
    34: "35",
    38: (
        "10 11 12 13 14 15 16 17 1I 1J 1K 1L 1M 1N 1O 1P 20 21 22 23 27 28 29 2A 31 46 "
        "48 4G 4K 4L 4N 4O 4U 5D 5E 5F 5G 5M 5O 5P 5Q 5R 62 63 64 6G 6S 6T 6U 6V"
    ),
    40: "5S 6M 6P",
    50: "5K",
    60: "60 6D 6E",
    77: "4H",
    90: "6F",
    140: "30",
}

FIXED_LENGTHS = {each: size for size, ids in _FIXED.items() for each in ids.split()}
GREATEST_LENGTHS = {
    each: size for size, ids in _AT_MOST.items() for each in ids.split()
}
