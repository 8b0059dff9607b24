# What the tests of the driver share, beside lib.sh: stage programs that fail on demand, and small issues.
backissue=$BIN/backissue
faults=$PWD/faults
mkdir -p "$faults"
# A test that fails leaves no run waiting for a step that hangs.
trap 'for pid in $(jobs -p); do kill "$pid" 2>/dev/null; done' EXIT

# make_programs DIR: the real programs, each behind a script that first looks into $faults for STAGE.PAGE (such as
# deskew.0001; STAGE alone for the whole issue) and does what it says. Recognition is left out: ocr hands on the lines
# without text, which needs no model and no time.
make_programs() {
    mkdir -p "$1"
    cat >"$1/backissue-intake" <<END
#!/bin/sh
real=$BIN faults='$faults'
END
    cat >>"$1/backissue-intake" <<'END'
program=${0##*/}
stage=${program#backissue-}
[ "${1:-}" = --version ] && exec "$real/$program" --version
# The first argument is -o, the second the output.
folder=${2%/*}
case $stage in
deskew | segment | ocr) which=$stage.${folder##*/} ;;
*) which=$stage ;;
esac
echo "$which" >>"$faults/ran"
case $(cat "$faults/$which" 2>/dev/null) in
crash) kill -SEGV $$ ;;
hang)
    : >"$folder/.half.1234.tmp"
    echo $$ >>"$faults/hanging"
    exec sleep 600
    ;;
bad) echo "$program: $which: is bad" >&2; exit 3 ;;
lack) echo "$program: $which: no such model" >&2; exit 4 ;;
full) echo "$program: $which: No space left on device" >&2; exit 1 ;;
nothing) exit 0 ;;
vanish)
    for last; do :; done
    mv "$last" "$faults/vanished"
    ;;
greedy) awk 'BEGIN { x = "0123456789"; while (length(x) < 200000000) x = x x }' || exit 1 ;;
esac
if [ $stage = ocr ]; then
    for last; do :; done
    cp "$last" "$2"
else
    exec "$real/$program" "$@"
fi
END
    chmod +x "$1/backissue-intake"
    for stage in deskew segment ocr stitch load; do
        cp "$1/backissue-intake" "$1/backissue-$stage"
    done
}

# make_reader DIR: recognition there that reads made words, other ones in each line, with what $faults/reading says behind.
make_reader() {
    cat >"$1/backissue-ocr" <<END
#!/bin/bash
faults='$faults'
END
    cat >>"$1/backissue-ocr" <<'END'
[ "${1:-}" = --version ] && { echo "backissue-ocr (backissue) 0.1.0"; exit; }
for last; do :; done
page=${2%/*}
awk -v seed="${page##*/}" -v other="$(cat "$faults/reading" 2>/dev/null)" 'BEGIN {
    split("天 地 玄 黄 宇 宙 洪 荒 日 月 盈 昃 辰 宿 列 张 寒 来 暑 往 秋 收 冬 藏 闰 余 成 岁 律 吕 调 阳", han, " ")
    seed = seed * 7919 + 17
}
{
    while ((at = index($0, "</TextLine>")) > 0) {
        text = ""
        for (i = 0; i < 14; i++) {
            seed = (seed * 69069 + 1) % 4294967296
            text = text han[1 + int(seed / 65536) % 32]
        }
        printf "%s<TextEquiv conf=\"0.8\"><Unicode>%s%s</Unicode></TextEquiv></TextLine>", substr($0, 1, at - 1), text, other
        $0 = substr($0, at + 11)
    }
    print
}' "$last" >"$2.made" && mv "$2.made" "$2"
END
}

# make_issue DIR NAME...: pages of one article each, every one different.
make_issue() {
    mkdir -p "$1"
    dir=$1
    shift
    for name; do
        number=$((${number:-0} + 1))
        if [ $((number % 2)) -eq 0 ]; then from=a; else from=b; fi
        { cat "$SOURCE/tests/data/article/$from.tif"; echo "$number"; } >"$dir/$name"
    done
}

# steps: what has run since the last call, sorted, on one line.
steps() {
    [ -e "$faults/ran" ] && sort "$faults/ran" | tr '\n' ' '
    rm -f "$faults/ran"
}

# expect_steps LIST: exactly these have run since the last call.
expect_steps() {
    ran=$(steps)
    [ "$ran" = "$1${1:+ }" ] || fail "ran '$ran', not '$1'"
}

# wait_for COMMAND...: until it succeeds, at most a minute.
wait_for() {
    for _ in $(seq 600); do
        "$@" && return
        sleep 0.1
    done
    fail "never: $*"
}

# expect_gone PID: the process ends soon; a zombie, where nobody collects orphans, has ended.
has_ended() {
    [ ! -s "/proc/$1/cmdline" ] || [ -z "$(tr -d '\0' <"/proc/$1/cmdline")" ]
}
expect_gone() {
    wait_for has_ended "$1"
}

# query SQL: of archive.db.
query() {
    sqlite3 archive.db "$1"
}
