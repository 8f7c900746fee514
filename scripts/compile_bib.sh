#!/bin/sh
# Compile the corpus with real bibtex and biber (not part of CI: TeX Live is large).
# Needs pdflatex, bibtex, biber and, for the Cyrillic titles, the T2A fonts.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

compile() { # NAME PREAMBLE PRINT PROGRAM EXPORT-OPTIONS...
    name=$1 preamble=$2 print=$3 program=$4
    shift 4
    "$python" -m tajikpeace_refs export "$@" > "$folder/$name-refs.bib" 2>/dev/null
    printf '%s\n' '\documentclass{article}' '\usepackage[T1,T2A]{fontenc}' '\usepackage[utf8]{inputenc}' \
        '\usepackage[russian,english]{babel}' "$preamble" '\begin{document}' '\nocite{*}' \
        "$print" '\end{document}' > "$folder/$name.tex"
    (
        cd "$folder"
        pdflatex -interaction=nonstopmode -halt-on-error "$name" > "$name.out1" 2>&1
        "$program" "$name" > "$name.$program" || { cat "$name.$program"; exit 1; }
        pdflatex -interaction=nonstopmode -halt-on-error "$name" > "$name.out2" 2>&1 || { tail -n 20 "$name.out2"; exit 1; }
        grep -E '^(WARN|ERROR|Warning--|I )' "$name.$program" | sed 's/^/    /' || true
        printf '%s: %s entries in the list, %s\n' "$name" "$(grep -cE '\\(bibitem|entry\{)' "$name.bbl")" \
            "$(grep -o 'Output written on .*pdf.*)' "$name.out2")"
    )
    [ -z "${KEEP:-}" ] || cp "$folder/$name.pdf" "$KEEP/"
}

compile classic '\usepackage{url}' '\bibliographystyle{plainurl}\bibliography{classic-refs}' bibtex --to bibtex
compile classic-ascii '\usepackage{url}' '\bibliographystyle{plain}\bibliography{classic-ascii-refs}' bibtex --to bibtex --ascii
compile classic-latin '\usepackage{url}' '\bibliographystyle{plain}\bibliography{classic-latin-refs}' bibtex \
    --to bibtex --script latin
compile biblatex '\usepackage[autolang=hyphen]{biblatex}\addbibresource{biblatex-refs.bib}' '\printbibliography' biber \
    --to biblatex
