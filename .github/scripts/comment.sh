#!/usr/bin/env bash
# Put what a run of CI reports as a comment on its pull request, or renew the comment that stands there.
#
# Takes from the environment: GH_TOKEN, SERVER, REPOSITORY (owner/name), RUN (id of the run of CI), and
# HEAD_OWNER, HEAD_BRANCH, HEAD_SHA of what it ran on. Needs gh and python3. Without a pull request that
# is open and still at HEAD_SHA, or without a report, it says so and ends well: there is nothing to tell.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [[ -z $HEAD_OWNER ]]; then
  echo "The repository that it came from is gone."
  exit 0
fi
numbers=$(gh api --method GET "repos/$REPOSITORY/pulls" -f state=open -f "head=$HEAD_OWNER:$HEAD_BRANCH" \
  --jq '.[] | select(.head.sha == env.HEAD_SHA) | .number')
number=${numbers%%$'\n'*}
if [[ ! $number =~ ^[0-9]+$ ]]; then
  echo "No open pull request stands at $HEAD_SHA."
  exit 0
fi

# The newest artifact of a name, if a run was repeated; that of a report has less than a megabyte.
newest() {
  gh api --method GET "repos/$REPOSITORY/actions/runs/$RUN/artifacts" -f "name=$1" \
    --jq "[.artifacts[] | select(.expired | not)] | max_by(.id) // empty | \"\(.id) \(.size_in_bytes)\""
}
found=$(newest report)
if [[ ! $found =~ ^([0-9]+)\ ([0-9]+)$ ]]; then
  echo "The run left no report."
  exit 0
fi
report=${BASH_REMATCH[1]} size=${BASH_REMATCH[2]}
if ((size > 1000000)); then
  echo "The report has $size bytes; nothing is told." >&2
  exit 1
fi
gh api "repos/$REPOSITORY/actions/artifacts/$report/zip" > "$work/report.zip"
found=$(newest preview)
address=
[[ $found =~ ^([0-9]+)\  ]] && address="$SERVER/$REPOSITORY/actions/runs/$RUN/artifacts/${BASH_REMATCH[1]}"

if ! python3 "$scripts/comment.py" "$work/report.zip" "$address" > "$work/comment.md"; then
  echo "The report is not of the form; nothing is told." >&2
  exit 1
fi

marker=$(head -n 1 "$work/comment.md")
export marker
known=$(gh api --paginate "repos/$REPOSITORY/issues/$number/comments" \
  --jq '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith(env.marker))) | .id')
known=${known%%$'\n'*}
if [[ $known =~ ^[0-9]+$ ]]; then
  gh api --method PATCH "repos/$REPOSITORY/issues/comments/$known" -F "body=@$work/comment.md" --silent
else
  gh api --method POST "repos/$REPOSITORY/issues/$number/comments" -F "body=@$work/comment.md" --silent
fi
echo "Told on pull request $number."
