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

number=$(gh api --method GET "repos/$REPOSITORY/pulls" -f state=open -f "head=$HEAD_OWNER:$HEAD_BRANCH" \
  --jq '.[] | select(.head.sha == env.HEAD_SHA) | .number' | head -n 1)
if [[ ! $number =~ ^[0-9]+$ ]]; then
  echo "No open pull request stands at $HEAD_SHA."
  exit 0
fi

if ! gh run download "$RUN" --repo "$REPOSITORY" --name report --dir "$work/report"; then
  echo "The run left no report."
  exit 0
fi
preview=$(gh api "repos/$REPOSITORY/actions/runs/$RUN/artifacts" \
  --jq '[.artifacts[] | select(.name == "preview") | .id] | first // empty')
address=
[[ $preview =~ ^[0-9]+$ ]] && address="$SERVER/$REPOSITORY/actions/runs/$RUN/artifacts/$preview"

# A link in the place of the report would lead to a file of this machine.
if [[ -L $work/report/report.json ]] ||
  ! python3 "$scripts/comment.py" "$work/report/report.json" "$address" > "$work/comment.md"; then
  echo "The report is not of the form; nothing is told." >&2
  exit 1
fi

marker=$(head -n 1 "$work/comment.md")
export marker
known=$(gh api --paginate "repos/$REPOSITORY/issues/$number/comments" \
  --jq '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith(env.marker))) | .id' |
  head -n 1)
if [[ $known =~ ^[0-9]+$ ]]; then
  gh api --method PATCH "repos/$REPOSITORY/issues/comments/$known" -F "body=@$work/comment.md" --silent
else
  gh api --method POST "repos/$REPOSITORY/issues/$number/comments" -F "body=@$work/comment.md" --silent
fi
echo "Told on pull request $number."
