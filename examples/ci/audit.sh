#!/bin/sh
# One audit for a CI job: settings come from the environment, reports and an exit code come out.
#
#   AUDIT_PATHS     what to audit, separated by blanks; empty: the folder of tiktrack.yaml
#   AUDIT_ARGS      more flags of `tiktrack audit`, for example: --min-coverage 80%
#   AUDIT_FORMAT    what the log shows: terminal (default) or github (annotations and step summary)
#   REPORTS         folder for the reports; default: tiktrack-reports
#   BASELINE        report to compare with, kept between runs; default: $REPORTS/baseline.json
#   ADVERTISER_ID   pull this account first (the token is in TIKTRACK_ACCESS_TOKEN); DAYS of it, default 35
#   TIKTRACK_NOTIFY_URL   webhook that is told of changes
#
# The first run has nothing to compare with, so it is red where something is broken, and its report becomes the baseline.
# From then on only what is new or worse is red. The baseline moves with every run that is green and had all the rules
# and channels of the run before: a fault stays red until it is fixed or accepted, and a missing file does not hide one.
# A channel that is switched off for good needs a new baseline: delete the old one.
set -eu

REPORTS=${REPORTS:-tiktrack-reports}
BASELINE=${BASELINE:-$REPORTS/baseline.json}
mkdir -p "$REPORTS" "$(dirname "$BASELINE")"

if [ -n "${ADVERTISER_ID:-}" ]; then
  tiktrack pull --quiet --advertiser-id "$ADVERTISER_ID" --out tiktrack-data \
    --since "$(date -u -d "${DAYS:-35} days ago" +%F)" --until "$(date -u -d yesterday +%F)"
  AUDIT_PATHS="tiktrack-data ${AUDIT_PATHS:-}"
fi

set --
if [ -f "$BASELINE" ]; then
  set -- --fail-on-regression --baseline "$BASELINE"
  if [ -n "${TIKTRACK_NOTIFY_URL:-}" ]; then set -- "$@" --notify; fi
else
  echo "tiktrack: no baseline yet; this report becomes the baseline" >&2
fi

new=$REPORTS/report.json
code=0
# AUDIT_PATHS and AUDIT_ARGS are lists: they are split at blanks on purpose.
# shellcheck disable=SC2086
tiktrack audit ${AUDIT_PATHS:-} -f "${AUDIT_FORMAT:-terminal}" --no-progress ${AUDIT_ARGS:-} "$@" \
  -o "$new" -o "$REPORTS/report.html" -o "$REPORTS/report.md" -o "$REPORTS/report.csv" \
  -o "$REPORTS/report.xml" -o "$REPORTS/report.sarif" || code=$?

if [ ! -f "$BASELINE" ]; then
  if [ "$code" -le 1 ]; then cp "$new" "$BASELINE"; fi
elif [ "$code" = 0 ] && ! tiktrack diff "$BASELINE" "$new" |
  grep -Eq '^no longer checked .*: (the rule could not be judged|its channel sent nothing)$'; then
  cp "$new" "$BASELINE"
fi
exit "$code"
