#!/usr/bin/env bash
# Propose what `broadsheet identify` found: one branch, renewed each time, and one pull request for it.
#
# Takes from the environment: GH_TOKEN, SERVER, REPOSITORY (owner/name), BASE (the branch to go into).
# Needs git and gh. Without anything new it ends well and does nothing.
set -euo pipefail
file=docs/digests/identities.yml
branch=identities

if [[ ! -f $file ]] || { git ls-files --error-unmatch "$file" && git diff --quiet -- "$file"; } 2>/dev/null; then
  echo "Nothing new was found."
  exit 0
fi

if git show "refs/proposed:$file" 2> /dev/null | cmp --quiet - "$file"; then
  echo "All of it is proposed."
  exit 0
fi

git switch --quiet --force-create "$branch"
git add -- "$file"
git -c user.name="github-actions[bot]" -c user.email="41898282+github-actions[bot]@users.noreply.github.com" \
  commit --quiet --message "Say who wrote papers, as arXiv has it" -- "$file"
# The token goes along for this one push, and stands in no file and in no list of processes.
header=$(printf 'x-access-token:%s' "$GH_TOKEN" | base64 | tr -d '\n')
GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$SERVER/.extraheader" \
  GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $header" \
  git push --quiet --force "$SERVER/$REPOSITORY" "$branch"

# A fork's branch of the same name is no proposal of ours.
open=$(gh pr list --repo "$REPOSITORY" --head "$branch" --base "$BASE" --state open --json number,isCrossRepository \
  --jq '.[] | select(.isCrossRepository | not) | .number')
if [[ -n $open ]]; then
  echo "Pull request $open has it."
else
  gh pr create --repo "$REPOSITORY" --head "$branch" --base "$BASE" \
    --title "Say who wrote papers, as arXiv has it" \
    --body "Found by \`broadsheet identify\`. Please look at entries with a score below 100. Where it is another paper, write \`not\` in place of \`arxiv\` and take out the rest of what was found, here on this branch: it stays so. Close and reopen this pull request to run its checks."
fi
