#!/usr/bin/env bash
# Go on from what was proposed and is not merged yet, so that the same is not asked again every day, and what
# people corrected in the proposal stays.
#
# Takes from the environment: GH_TOKEN, SERVER, REPOSITORY (owner/name), BASE (the branch to go into).
# Needs git, with the whole history, and gh. The branch is the project's own: a fork's of that name does not count.
set -euo pipefail
file=docs/digests/identities.yml
branch=identities

open=$(gh pr list --repo "$REPOSITORY" --head "$branch" --base "$BASE" --state open --json number,isCrossRepository \
  --jq '.[] | select(.isCrossRepository | not) | .number')
if [[ -z $open ]]; then
  echo "Nothing is proposed."
  exit 0
fi
# The token goes along for this one fetch, and stands in no file and in no list of processes.
header=$(printf 'x-access-token:%s' "$GH_TOKEN" | base64 | tr -d '\n')
GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$SERVER/.extraheader" \
  GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $header" \
  git fetch --quiet "$SERVER/$REPOSITORY" "refs/heads/$branch"
if git diff --quiet "$(git merge-base HEAD FETCH_HEAD)" HEAD -- "$file" &&
  [[ $(git ls-tree FETCH_HEAD -- "$file") == 100644\ * ]]; then
  git update-ref refs/proposed FETCH_HEAD # by which the next script sees that nothing is new
  mkdir -p "$(dirname "$file")"
  git show "FETCH_HEAD:$file" > "$file"
  echo "Goes on from the proposal."
else
  echo "$file was changed in $BASE since it was proposed: that counts."
fi
