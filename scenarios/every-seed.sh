#!/bin/sh
# Runs every scenario of the library with every seed and holds its exit code to what the README says: a quarter of an
# hour for each seed. MovesTest holds the moves to their reasons too.
# usage: scenarios/every-seed.sh [SEED...]          seeds 1 to 10 unless given
set -u
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- 1 2 3 4 5 6 7 8 9 10
out=$(mktemp -d "${TMPDIR:-/tmp}/changeover-seeds.XXXXXX")
wrong=0
for file in scenarios/library/*.yaml; do
    name=$(basename "$file" .yaml)
    case $name in
        no-failover | *.faithful | *.swapped | *.trusts-status) want=1 ;;
        *) want=0 ;;
    esac
    for seed in "$@"; do
        ./changeover run "$name" --seed "$seed" --out "$out/$name-$seed" --quiet >/dev/null
        got=$?
        note="as told"
        [ $got = $want ] || { note="WRONG, want $want"; wrong=$((wrong + 1)); }
        printf '%-38s seed %-3s exit %s  %s\n' "$name" "$seed" "$got" "$note"
    done
done
echo "$wrong wrong; the reports are in $out"
[ $wrong = 0 ]
