# What shell tests share: source it first. Every check that fails ends the test.
set -u
export LC_ALL=C.UTF-8

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# expect_exit CODE COMMAND...: runs it, keeps stdout in out.txt and stderr in err.txt, and checks its exit code.
expect_exit() {
    want=$1
    shift
    got=0
    "$@" >out.txt 2>err.txt || got=$?
    [ "$got" -eq "$want" ] || {
        cat err.txt >&2
        fail "exit $got, not $want: $*"
    }
}

# expect_message PATTERN: err.txt has exactly one line and it matches the extended regular expression.
expect_message() {
    [ "$(wc -l <err.txt)" -eq 1 ] || { cat err.txt >&2; fail "not one line of message"; }
    grep -Eq -- "$1" err.txt || { cat err.txt >&2; fail "message does not match: $1"; }
}

# expect_nothing_left DIR: no temporary files there.
expect_nothing_left() {
    left=$(find "$1" -name '*.tmp' -print)
    [ -z "$left" ] || fail "left behind: $left"
}
