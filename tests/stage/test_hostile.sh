#!/bin/sh
# Images made to do harm: every one ends in one line that names it and exit code 3, soon and in little memory, or
# is read for what it is. (PDF: test_pdf.sh.)
. "$SOURCE/tests/stage/lib.sh"
intake=$BIN/backissue-intake
deskew=$BIN/backissue-deskew

# bytes HEX...: those bytes.
bytes() {
    for byte in $*; do
        # shellcheck disable=SC2059 # the format is the byte
        printf "\\$(printf %o "0x$byte")"
    done
}
# word N, long N: little-endian, two and four bytes, in hex for `bytes`.
word() { printf '%02x %02x ' $(($1 & 255)) $(($1 >> 8 & 255)); }
long() { printf '%02x %02x %02x %02x ' $(($1 & 255)) $(($1 >> 8 & 255)) $(($1 >> 16 & 255)) $(($1 >> 24 & 255)); }
# entry TAG TYPE COUNT VALUE: of a TIFF's directory; types: 2 text, 3 word, 4 long, 5 fraction.
entry() { word "$1"; word "$2"; long "$3"; long "$4"; }
# head OFFSET: the beginning of a TIFF whose first directory is there.
head_at() { printf '49 49 2a 00 '; long "$1"; }
# directory NEXT ENTRY...: with where the next one is.
directory() {
    next=$1
    shift
    word $#
    printf '%s ' "$@"
    long "$next"
}
# page WIDTH HEIGHT BITS COMPRESSION STRIP BYTES [ROWS]: the entries of a grey page of one strip.
page() {
    directory 0 "$(entry 256 4 1 "$1")" "$(entry 257 4 1 "$2")" "$(entry 258 3 1 "$3")" "$(entry 259 3 1 "$4")" \
        "$(entry 262 3 1 1)" "$(entry 273 4 1 "$5")" "$(entry 277 3 1 1)" "$(entry 278 4 1 "${7:-$2}")" \
        "$(entry 279 4 1 "$6")"
}

# Half a gigabyte of memory for data, which the address sanitizer cannot live in, and half a minute.
limited() {
    (grep -q __asan_init "$1" || ulimit -d 524288; timeout 30 "$@")
}

# refused FILE WHY: by deskew, and by intake or by what intake leaves for deskew.
refused() {
    expect_exit 3 limited "$deskew" -o no.tif "$1"
    expect_message "^backissue-deskew: $1: .*$2"
    rm -rf alone && mkdir alone && cp "$1" alone
    got=0
    limited "$intake" -o alone.json alone 2>err.txt || got=$?
    [ "$got" -eq 0 ] || [ "$got" -eq 3 ] || { cat err.txt >&2; fail "intake of $1: exit $got"; }
    [ ! -e no.tif ] || fail "$1: output in spite of an error"
}

# A TIFF whose directory is its own next one, and two that are each other's.
dot() { directory "$1" "$(entry 256 4 1 1)" "$(entry 257 4 1 1)" "$(entry 273 4 1 8)" "$(entry 279 4 1 1)"; }
bytes $(head_at 8) $(dot 8) >loop1.tif
bytes $(head_at 8) $(dot 62) $(dot 8) >loop2.tif
mkdir loops && cp loop1.tif loop2.tif loops
expect_exit 0 limited "$intake" -o loops.json loops
[ "$(grep -c '"scan"' loops.json)" -eq 3 ] || fail "not each image of a loop once"
# A chain of more directories than any scanner's.
escapes=$(awk 'BEGIN {
    for (i = 0; i < 2100; i++) {
        at = i < 2099 ? 8 + 54 * (i + 1) : 0
        printf "\\4\\0\\0\\1\\3\\0\\1\\0\\0\\0\\1\\0\\0\\0\\1\\1\\3\\0\\1\\0\\0\\0\\1\\0\\0\\0"
        printf "\\21\\1\\4\\0\\1\\0\\0\\0\\10\\0\\0\\0\\27\\1\\4\\0\\1\\0\\0\\0\\1\\0\\0\\0"
        printf "\\%o\\%o\\%o\\0", at % 256, int(at / 256) % 256, int(at / 65536)
    }
}')
# shellcheck disable=SC2059 # the format is the bytes
{ bytes $(head_at 8); printf "$escapes"; } >chain.tif
refused chain.tif 'has more than 2000 images'
# A directory outside the file; one of 65535 entries in a file of 20 bytes.
bytes $(head_at 2000000000) >outside.tif
refused outside.tif 'is a broken TIFF'
bytes $(head_at 8) ff ff >entries.tif
refused entries.tif 'is a broken TIFF'
# Sides past all reason, strips past the file's end, a strip of four thousand million bytes, one row a strip with no
# list of strips, an unknown compression, 64 bits a sample.
bytes $(head_at 8) $(page 4294967295 4294967295 8 1 8 100) >sides.tif
refused sides.tif 'is a broken TIFF'
bytes $(head_at 8) $(page 10000 10000 8 1 1000000 100000000) >beyond.tif
refused beyond.tif 'is a damaged or truncated TIFF'
bytes $(head_at 8) $(page 10000 10000 8 5 8 4294967295) >strip.tif
refused strip.tif 'is a damaged or truncated TIFF'
bytes $(head_at 8) $(page 10000 10000 8 1 8 100 1) >rows.tif
refused rows.tif 'is a damaged or truncated TIFF'
bytes $(head_at 8) $(page 100 100 8 4711 8 100) >unknown.tif
refused unknown.tif 'is a damaged or truncated TIFF'
bytes $(head_at 8) $(page 100 100 64 1 8 80000) >deep.tif
refused deep.tif 'is a damaged or truncated TIFF'
# A description and a list of strips of four thousand million elements.
bytes $(head_at 8) $(directory 0 "$(entry 256 4 1 100)" "$(entry 257 4 1 100)" "$(entry 258 3 1 8)" "$(entry 259 3 1 1)" \
    "$(entry 262 3 1 1)" "$(entry 270 2 4294967295 8)" "$(entry 273 4 4294967295 8)" "$(entry 278 4 1 1)" \
    "$(entry 279 4 4294967295 8)") >lists.tif
refused lists.tif 'is a (damaged or truncated|broken) TIFF'
# No directory of pixels at all.
bytes $(head_at 8) $(directory 0 "$(entry 305 2 4 0)") >nothing.tif
refused nothing.tif 'is a broken TIFF'

# PNG and JPEG whose headers promise more than is there, or more than is read.
bytes 89 50 4e 47 0d 0a 1a 0a 00 00 00 0d 49 48 44 52 7f ff ff ff 7f ff ff ff 08 00 00 00 00 00 00 00 00 >sides.png
refused sides.png 'pixels are more than the 200 million'
bytes 89 50 4e 47 0d 0a 1a 0a 00 00 00 0d 49 48 44 52 00 00 10 00 00 00 10 00 08 00 00 00 00 c6 3f 61 ef >short.png
refused short.png 'PNG'
bytes ff d8 ff c0 00 0b 08 ff ff ff ff 01 01 11 00 >sides.jpg
refused sides.jpg ''
bytes ff d8 ff c0 00 0b 08 20 00 20 00 01 01 11 00 ff da 00 08 01 01 00 00 3f 00 ff d9 >empty.jpg
refused empty.jpg 'JPEG'

# JPEG 2000: the size of a codestream is at its beginning, big-endian; no tile follows. Tiles of one pixel are a
# bomb of their own: a hundred million of them.
siz() { # WIDTH HEIGHT TILE, as eight hex digits with spaces
    echo ff 4f ff 51 00 29 00 00 "$1" "$2" 00 00 00 00 00 00 00 00 "$3" "$3" 00 00 00 00 00 00 00 00 00 01 07 01 01
}
cod='ff 52 00 0c 00 00 00 01 00 05 04 04 00 00 ff 5c 00 13 40 40 48 48 50 48 48 50 48 48 50 48 48 50 48 48 50'
bytes $(siz 'ff ff ff ff' 'ff ff ff ff' 'ff ff ff ff') $cod >sides.j2k
refused sides.j2k ''
bytes $(siz '00 00 20 00' '00 00 20 00' '00 00 20 00') $cod ff d9 >empty.j2k
refused empty.j2k 'is a damaged or truncated JPEG 2000'
bytes $(siz '00 00 27 10' '00 00 27 10' '00 00 00 01') $cod ff d9 >tiles.j2k
refused tiles.j2k 'is a damaged or truncated JPEG 2000'
bytes 00 00 00 0c 6a 50 20 20 0d 0a 87 0a ff ff ff ff 66 74 79 70 >boxes.jp2
refused boxes.jp2 'is a damaged or truncated JPEG 2000'

expect_nothing_left .
