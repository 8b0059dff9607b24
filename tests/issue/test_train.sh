#!/bin/sh
# The recipe of our own model in short: Debian's network turned into floats reads like the original, and a few hundred
# steps on damaged lines lower its errors on others.
set -eu
. "$SOURCE/tests/stage/lib.sh"
cd "$TMP"
[ -x "$BIN/backissue-train-lines" ] || { echo "built without Pango"; exit 77; }
command -v lstmtraining >/dev/null || { echo "lstmtraining is not installed"; exit 77; }
export OMP_THREAD_LIMIT=1
debian=/usr/share/tesseract-ocr/5/tessdata/chi_sim.traineddata

combine_tessdata -u $debian debian. >/dev/null 2>&1
"$BIN/backissue-train-start" -o start. debian.
echo "bhc 1 AR PL SungtiL GB" >faces.txt
i=0
while [ $i -lt 12 ]; do cat "$SOURCE/tests/data/train/text.txt"; i=$((i + 1)); done >text.txt
draw() { # NAME SEED COUNT
    "$BIN/backissue-train-lines" -f faces.txt -c debian.lstm-unicharset -w 3 -s "$2" -n "$3" -o "$1.lstmf" text.txt
    echo "$PWD/$1.lstmf" >"$1.list"
}
draw train 1 240
draw held 2 60
draw held-again 2 60
cmp held.lstmf held-again.lstmf || fail "the same seed draws other lines"

# errors MODEL: characters misread, in hundredths of a per cent
errors() {
    lstmeval --model "$1" --traineddata $debian --eval_listfile held.list --verbosity 0 2>&1 |
        sed -n 's/.*BCER eval=\([0-9.]*\).*/\1/p' | awk '{ printf "%d\n", 100 * $1 }'
}
original=$(errors debian.lstm)
before=$(errors start.lstm)
lstmtraining --traineddata $debian --continue_from start.lstm --model_output short --train_listfile train.list \
    --learning_rate 0.0003 --reset_learning_rate --max_iterations 300 >training.log 2>&1
after=$(errors short_checkpoint)
echo "errors on damaged lines, hundredths of a per cent: Debian's model $original, in floats $before, trained $after"
[ $((before - original)) -le 50 ] && [ $((original - before)) -le 50 ] || fail "floats read otherwise than integers"
[ "$after" -lt "$before" ] || fail "training did not help"

"$SOURCE/tools/train/pack-model" $debian short_checkpoint short.traineddata
echo >bad.lstm
cp bad.lstm bad.lstm-unicharset
expect_exit 3 "$BIN/backissue-train-start" -o out. bad.
[ ! -e out.lstm ] || fail "a bad network left something behind"
