# The binaries, built from source modules once and kept.

version=v1.34.4
dns_version=v1.14.7
metrics_version=v0.9.0

build() {
  local wanted="$version $dns_version $metrics_version"
  [[ $(cat "$bin/version" 2>/dev/null) == "$wanted" ]] && return
  require_go
  mkdir -p "$bin"
  rm -f "$bin/version"
  say "building Kubernetes $version, its DNS and metrics servers (once; about nine minutes on two cores)"
  local x=k8s.io/component-base/version
  (cd "$here/modules" && CGO_ENABLED=0 go build -mod=readonly -trimpath -ldflags \
    "-s -w -X $x.gitVersion=$version -X $x.gitMajor=1 -X $x.gitMinor=34" -o "$bin/" \
    k8s.io/kubernetes/cmd/{kube-apiserver,kube-controller-manager,kube-scheduler,kubelet,kube-proxy,kubectl})
  GOBIN=$bin CGO_ENABLED=0 go install -trimpath -ldflags '-s -w' "github.com/coredns/coredns@$dns_version"
  GOBIN=$bin CGO_ENABLED=0 go install -trimpath -ldflags '-s -w' "sigs.k8s.io/metrics-server/cmd/metrics-server@$metrics_version"
  echo "$wanted" >"$bin/version"
}

require_go() {
  command -v go >/dev/null || PATH=$PATH:/usr/local/go/bin
  command -v go >/dev/null || fail "missing: Go 1.26 or newer, in the PATH or in /usr/local/go"
}
