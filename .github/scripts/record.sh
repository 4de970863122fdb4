#!/usr/bin/env bash
# Record what was published: the list of permalinks, as `broadsheet permalinks --update` left it, goes into the
# branch that the site is built from; where that is protected, into a pull request.
#
# Takes from the environment: GH_TOKEN, SERVER, REPOSITORY (owner/name), BASE (that branch).
# Needs git and gh. Without anything new it ends well and does nothing. What it pushes starts no workflow.
set -euo pipefail
file=docs/permalinks.txt
branch=permalinks
title="Record the addresses that were published"

if [[ ! -f $file ]] || { git ls-files --error-unmatch "$file" && git diff --quiet -- "$file"; } 2> /dev/null; then
  echo "Nothing new was published."
  exit 0
fi

git switch --quiet --force-create "$branch"
git add -- "$file"
git -c user.name="github-actions[bot]" -c user.email="41898282+github-actions[bot]@users.noreply.github.com" \
  commit --quiet --message "$title" -- "$file"
# The token goes along for a push, and stands in no file and in no list of processes.
header=$(printf 'x-access-token:%s' "$GH_TOKEN" | base64 | tr -d '\n')
push() {
  GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$SERVER/.extraheader" \
    GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $header" \
    git push --quiet "$@"
}

if push "$SERVER/$REPOSITORY" "$branch:refs/heads/$BASE"; then
  echo "Recorded in $BASE."
  exit 0
fi
echo "$BASE takes no push, or has moved on: proposing it."
push --force "$SERVER/$REPOSITORY" "$branch"
# A fork's branch of the same name is no proposal of ours.
open=$(gh pr list --repo "$REPOSITORY" --head "$branch" --base "$BASE" --state open --json number,isCrossRepository \
  --jq '.[] | select(.isCrossRepository | not) | .number')
if [[ -n $open ]]; then
  echo "Pull request $open has it."
else
  gh pr create --repo "$REPOSITORY" --head "$branch" --base "$BASE" --title "$title" \
    --body "Written by \`broadsheet permalinks --update\` after the site was published: from now on a build that would drop one of these addresses fails."
fi
