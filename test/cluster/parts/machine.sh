# What the cluster needs of the machine: addresses, rules, a container runtime and a registry.

set_up_network() {
  ip addr replace $node_ip/32 dev lo
  # A service's address is rewritten on its way out; without a way of its own the fence below would take it for leaving.
  ip route replace "$services" dev lo src $node_ip
  sysctl -qw net.ipv4.ip_forward=1
  fence -I
  mkdir -p "$home/cni"
  cat >"$home/cni/10-bridge.conflist" <<JSON
{"cniVersion":"0.4.0","name":"pods","plugins":[
 {"type":"bridge","bridge":"orrery-pods","isGateway":true,"ipMasq":false,"hairpinMode":true,
  "ipam":{"type":"host-local","ranges":[[{"subnet":"$pods"}]],"routes":[{"dst":"0.0.0.0/0"}],"dataDir":"$home/ipam"}},
 {"type":"portmap","capabilities":{"portMappings":true}}]}
JSON
}

# Nothing of the cluster may leave the machine, whatever the state of the proxy's rules: `fence -I` puts the rules up, `fence -D` takes them down.
fence() {
  local out net chain side
  out=$(ip route show default | awk '{print $5; exit}')
  [[ -n $out ]] || return 0
  for net in $pods $services $node_ip/32; do
    for chain in OUTPUT FORWARD; do
      for side in -s -d; do
        while iptables -D $chain $side "$net" -o "$out" -j REJECT 2>/dev/null; do :; done
        if [[ $1 == -I ]]; then iptables -I $chain $side "$net" -o "$out" -j REJECT; fi
      done
    done
  done
}

take_down_network() {
  if [[ -x $bin/kube-proxy ]]; then "$bin/kube-proxy" --cleanup >/dev/null 2>&1 || true; fi
  remove_chains iptables
  remove_chains ip6tables
  local namespace
  for namespace in $(ip netns list 2>/dev/null | grep -o '^cni-[^ ]*' || true); do ip netns del "$namespace" 2>/dev/null || true; done
  if ip link show orrery-pods >/dev/null 2>&1; then ip link del orrery-pods; fi
  ip route del "$services" dev lo 2>/dev/null || true
  ip addr del $node_ip/32 dev lo 2>/dev/null || true
  fence -D
}

# What kubelet leaves behind.
remove_chains() {
  local chain table
  for chain in INPUT OUTPUT; do "$1" -D $chain -j KUBE-FIREWALL 2>/dev/null || true; done
  for chain in KUBE-FIREWALL KUBE-KUBELET-CANARY; do
    for table in filter nat mangle; do
      "$1" -t $table -F $chain 2>/dev/null || true
      "$1" -t $table -X $chain 2>/dev/null || true
    done
  done
  "$1" -t mangle -X KUBE-IPTABLES-HINT 2>/dev/null || true
}

# Images of any registry are asked of the local one, so that no image ever comes from outside.
start_runtime() {
  mkdir -p "$home"/{containerd,registry,hosts/_default}
  cat >"$home/hosts/_default/hosts.toml" <<TOML
server = "http://$registry"
[host."http://$registry"]
  capabilities = ["pull", "resolve"]
TOML
  cat >"$home/containerd.toml" <<TOML
version = 2
root = "$home/containerd/root"
state = "$home/containerd/state"
[grpc]
  address = "$home/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$registry/pause:1"
  # Inside a container root may not lower a process's OOM score.
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$home/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "$home/hosts"
TOML
  cat >"$home/registry.yaml" <<YAML
version: 0.1
storage: {filesystem: {rootdirectory: "$home/registry"}, delete: {enabled: true}}
http: {addr: "$registry"}
YAML
  start registry docker-registry serve "$home/registry.yaml"
  start containerd containerd --config "$home/containerd.toml"
  wait_for 20 "the registry" curl -sf "http://$registry/v2/"
}

containers() { ctr --address "$home/containerd.sock" --namespace k8s.io "$@"; }

end_containers() {
  local task
  # Without a runtime that answers there is nobody to ask; what its shims still hold is ended below.
  for task in $(runs containerd && containers tasks ls -q 2>/dev/null || true); do
    containers tasks kill --all --signal KILL "$task" 2>/dev/null || true
    containers tasks rm --force "$task" >/dev/null 2>&1 || true
  done
  local pid
  for pid in $(shims); do
    kill -KILL $(ps -o pid= --ppid "$pid") "$pid" 2>/dev/null || true
  done
  grep -oE " ($home|/run/netns/cni-)[^ ]*" /proc/mounts | sort -r | xargs -r -n1 umount -l || true
}

# The shims of containers, by the address of this cluster's runtime in their arguments.
shims() {
  local arguments
  for arguments in /proc/[0-9]*/cmdline; do
    if [[ -r $arguments ]] && tr '\0' ' ' 2>/dev/null <"$arguments" | grep -qE "^[^ ]*containerd-shim.*$home/containerd.sock"; then
      basename "${arguments%/cmdline}"
    fi
  done
}
