# Random sequences of what people do to scans, corrections and the work folder, for test_sequences.sh: source it after
# lib.sh and driver.sh. Two issues of small pages; recognition is left out, but its text depends on all that the real
# one would read: image, layout and profile.

title=scans/paper
issues="2025-07-04 2025-07-11"
kept=$PWD/kept # pages as they were recognised at some time, to make corrections of

make_reading_programs() {
    make_programs programs
    cat >programs/backissue-ocr <<'END'
#!/bin/sh
if [ "${1:-}" = --version ]; then echo "backissue-ocr (backissue) 1"; exit; fi
echo "ocr.$(basename "$(dirname "$2")")" >>"$FAULTS/ran"
output=$2
profile=standard
shift 2
while [ $# -gt 2 ]; do
    [ "$1" = --profile ] && profile=$2
    shift 2
done
sum=$(cksum <"$1")
awk -v text="${sum%% *}$profile" '/<\/TextLine>/ {
    print "<TextEquiv conf=\"0.9\"><Unicode>" text (++n) "</Unicode></TextEquiv>" } { print }' "$2" >"$output.new" &&
    mv "$output.new" "$output"
END
    export FAULTS=$faults
}

# pick NAME WORD...: sets NAME to one of them, to nothing if there are none. Never in a subshell, which would draw
# numbers of its own.
pick() {
    name=$1
    shift
    [ $# -eq 0 ] || shift $((RANDOM % $#))
    printf -v "$name" %s "${1:-}"
}
chance() { # chance N: one in N
    [ $((RANDOM % $1)) -eq 0 ]
}
# a_scan FILE: new content for a scan, now and then what is none.
a_scan() {
    if chance 12; then
        echo "no image" >"$1"
    else
        pick base a b
        number=$((RANDOM % 6))
        { cat "$SOURCE/tests/data/article/$base.tif"; echo $number; } >"$1"
    fi
}
scans_of() {
    find "$title/$1" -type f -name '*.tif' | sort
}
# keep_pages: what was recognised now can be corrected later.
keep_pages() {
    mkdir -p "$kept"
    for page in a/work/paper/*/000?/[34]-*.page.xml; do
        [ ! -e "$page" ] || cp "$page" "$kept/$(echo "$page" | tr / _)"
    done
}
# a_setting FILE
a_setting() {
    pick setting '[deskew]\nskew = 0.1\n' '[deskew]\nskew = 0.3\n' '[deskew]\nrotate = 180\n' '[deskew]\nrotate = 0\n' \
        '[segment]\nem = 24\n' '[segment]\nem = 40\n' '[segment]\ndirection = vertical\n' \
        '[ocr]\nprofile = fast\n' '[ocr]\nprofile = best\n' '[deskew]\ndpi = 200\n[ocr]\nprofile = best\n'
    printf "$setting" >"$1"
}

# run_it ARGUMENT...: a run whose pages may fail; that of a stage is a fault of a stage, not of the driver.
run_it() {
    "$backissue" "$@" --archive a/archive.db --programs programs --jobs 2 >out.txt 2>err.txt
    got=$?
    [ $got -eq 0 ] || [ $got -eq 3 ] || { cat err.txt; fail "exit $got of backissue $*"; }
}

# step: one thing that somebody does. It is told in steps.txt.
step() {
    pick date $issues
    folder=$title/$date
    own=corrections/paper/$date
    pick page 0001 0001 0002 0002 0003 0004
    what=$((RANDOM % 25))
    mkdir -p "$own"
    case $what in
    0 | 1) pick file $(scans_of "$date"); a_scan "$file"; told="replace $file" ;;
    2)
        told="no room for another scan"
        if [ "$(scans_of "$date" | wc -l)" -lt 4 ]; then
            file=$folder/p$((RANDOM % 9)).tif; a_scan "$file"; told="add $file"
        fi
        ;;
    3)
        told="the last scan stays"
        if [ "$(scans_of "$date" | wc -l)" -gt 1 ]; then pick file $(scans_of "$date"); rm "$file"; told="remove $file"; fi
        ;;
    4)
        pick file $(scans_of "$date")
        pick other $(scans_of "$date")
        [ "$file" = "$other" ] || { mv "$file" swap; mv "$other" "$file"; mv swap "$other"; }
        told="swap $file and $other"
        ;;
    5 | 6)
        pick from $(find "$kept" -name "*_${page}_4-*.page.xml" | sort)
        told="no page to correct"
        if [ -n "$from" ]; then
            number=$((RANDOM % 9))
            sed "s/<Unicode>/<Unicode>改$number/" "$from" >"$own/$page.page.xml"
            told="correct $date $page from ${from##*/}"
        fi
        ;;
    7)
        pick from $(find "$kept" -name "*_${page}_3-*.page.xml" | sort)
        told="no layout to correct"
        if [ -n "$from" ]; then cp "$from" "$own/$page.segment.page.xml"; told="draw $date $page from ${from##*/}"; fi
        ;;
    8 | 24) rm -f "$own/$page.page.xml"; told="take back the correction of $date $page" ;;
    9) rm -f "$own/$page.segment.page.xml"; told="take back the layout of $date $page" ;;
    10) pick ending .page.xml .segment.page.xml .ini; echo nonsense >"$own/$page$ending"; told="nonsense for $date $page" ;;
    11 | 12) a_setting "$own/$page.ini"; told="settings of $date $page" ;;
    13) a_setting "$own/settings.ini"; told="settings of $date" ;;
    14) a_setting corrections/paper/settings.ini; told="settings of the title" ;;
    15) pick file "$own/settings.ini" corrections/paper/settings.ini; rm -f "$own/$page.ini" "$file"; told="settings gone" ;;
    16)
        pick paper 晨报 晚报
        pick profile fast best
        pick file $title $folder
        printf '[title]\npaper = %s\nprofile = %s\n' "$paper" "$profile" >"$file/title.ini"
        told="title.ini in $file"
        ;;
    17) pick file $title $folder; rm -f "$file/title.ini"; told="title.ini gone" ;;
    18)
        pick text standard1 fast1 best1
        printf '{"format": "backissue-corrections/1", "corrections": [{"do": "title",
            "article": {"page": 1, "text": "%s"}, "headline": "头"}]}' "$text" >"$own/articles.json"
        chance 2 && rm "$own/articles.json"
        told="articles.json"
        ;;
    19 | 20)
        # What a program said is kept as it was said.
        pick file $(find a/work/paper -type f ! -name '*.log' 2>/dev/null | sort)
        told="nothing to delete"
        if [ -n "$file" ]; then
            told="delete $file"
            if chance 3; then printf x >>"$file"; told="spoil $file"; else rm "$file"; fi
        fi
        ;;
    21) pick file "a/work/paper/$date/$page" "a/work/paper/$date" a/archive.db a/work; rm -rf "$file"; told="delete $file" ;;
    22)
        pick how crash bad
        pick stage deskew segment
        echo "$how" >"$faults/$stage.$page"
        told="a run that fails"; run_it run scans; rm -f "$faults"/*.0*
        ;;
    23) "$backissue" run scans --archive a/archive.db --programs programs --jobs 2 >/dev/null 2>&1 &
        pick when 0 0.1 0.2 0.4 0.8; sleep $when; kill -KILL $! 2>/dev/null; wait $! 2>/dev/null; told="a run that is killed"
        ;;
    esac
    echo "$told" >>steps.txt
}

# do_over: what a person or the night does then: a run, a rerun of something, or a look at what it would change.
do_over() {
    pick date $issues
    count=$(scans_of "$date" | wc -l)
    number=$((RANDOM % count + 1))
    pick stage deskew segment ocr stitch load
    pick profile fast best
    case $((RANDOM % 7)) in
    0 | 1) set -- run scans ;;
    2) set -- run "$title/$date" --page "$number" ;;
    3) set -- rerun "$title/$date" --page "$number" ;;
    4) set -- rerun "$title/$date" --from "$stage" --page "$number" ;;
    5) set -- rerun "$title/$date" --page "$number" --set "deskew.skew=0.$((RANDOM % 3))" --profile "$profile" ;;
    6) set -- rerun "$title/$date" --page "$number" --set deskew.skew= --compare ;;
    esac
    # A file of settings that is no such thing is told of, and not written into.
    rm -f $(grep -l nonsense corrections/paper/*/*.ini 2>/dev/null)
    [ "${6:-}" != --compare ] && [ "${7:-}" != --compare ] || [ -e "a/work/paper/$date/articles.json" ] || set -- run scans
    echo "backissue $*" >>steps.txt
    run_it "$@"
    keep_pages
}

# state DIR: all that a work folder and its archive say, but for times, and for what is remembered of files.
state() {
    (cd "$1/work" && find . -type f ! -name hashes.txt ! -name runs.jsonl ! -name .lock | sort | while read -r file; do
        case $file in
        *.run.json) echo "$file"; grep -Ev '"(started|seconds|cpu_seconds|peak_memory_bytes)":' "$file" ;;
        *.log) echo "$file"; sed "s,$PWD,," "$file" ;;
        *) sha256sum "$file" ;;
        esac
    done)
    "$backissue" dump --archive "$1/archive.db"
}
