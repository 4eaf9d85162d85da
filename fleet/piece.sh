#!/bin/sh
# Sifts one piece of a log from standard input; its first line says where it stands. A piece that dies leaves a row that
# names it, and the others go on.
#   usage: piece.sh VPN-PHONE-DOCTOR
IFS= read -r first || exit 0
if ! { printf '%s\n' "$first"; cat; } | "$1" sift --places --placed; then
    # What was written of it may end in the middle of a row.
    named=$(printf '%s' "$first" | sed 's/["\\]/\\&/g')
    printf '\n{"file":"the piece at %s","byte":0,"error":"it died while it was sifted"}\n' "$named"
fi
exit 0
