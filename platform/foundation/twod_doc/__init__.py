"""2D-Doc: the signed Data Matrix printed on French official papers.

A code says in clear what the paper says (name, address, dates) and carries a signature
of it. It is read and checked without any network, against certificates that the
platform's operators loaded. Source: technical specifications of 2D-Doc codes, France
Titres (formerly ANTS), C40 codes of versions 01 to 04.

The package imports nothing itself: the process that reads pictures starts without
Django.
"""
