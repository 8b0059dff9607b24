# Makes sentences as a language model of trigrams continues them: their words stand beside each other as in print, though
# they say nothing. First file: words, the first with the number 0. Second: the model as `tslminfo -v -p` prints it:
# words and their likelihood under a heading for 1, 2 and 3 words. Variables: seed, count (of paragraphs).
function draw(from, to,   r, low, high, i) { # a word of a context, or "" for one it has not seen
    r = rand()
    if (r >= upto[to]) return ""
    while (from < to) { i = int((from + to) / 2); if (upto[i] <= r) from = i + 1; else to = i }
    return word[from]
}
function any(   r, low, high, i) {
    r = rand() * total; low = 1; high = singles
    while (low < high) { i = int((low + high) / 2); if (alone[i] < r) low = i + 1; else high = i }
    return single[low]
}
function next_word(a, b,   w) {
    w = ""
    if ((a, b) in first3) w = draw(first3[a, b], last3[a, b])
    if (w == "" && (b in first2)) w = draw(first2[b], last2[b])
    return w == "" ? any() : w
}
BEGIN { srand(seed) }
FNR == NR { text[NR - 1] = $0; next }
/^\\/ { order = substr($1, 2, 1) + 0; next }
order == 1 { if ($1 in text && text[$1] != "") { total += $2; single[++singles] = $1; alone[singles] = total } }
order == 2 && text[$2] != "" {
    if ($1 != before) { before = $1; first2[$1] = ++n; sum = 0 } else n++
    word[n] = $2; upto[n] = sum += $3; last2[$1] = n
}
order == 3 && text[$3] != "" {
    if ($1 SUBSEP $2 != before) { before = $1 SUBSEP $2; first3[$1, $2] = ++n; sum = 0 } else n++
    word[n] = $3; upto[n] = sum += $4; last3[$1, $2] = n
}
END {
    for (k = 0; k < count; k++) {
        a = b = ""; s = ""
        while (length(s) < 200) {
            w = next_word(a, b)
            if (text[w] ~ /[，。；？！：、…]/ && text[b] ~ /[，。；？！：、…“]/) continue
            s = s text[w]; a = b; b = w
            if (length(s) > 40 && text[w] ~ /[。？！]/ && rand() < 0.4) break
        }
        sub(/^[，。；？！：、…”的]+/, "", s)
        print s
    }
}
