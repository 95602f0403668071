# Saying things, asking for what must be there, and the life of the programs.

say() { printf 'cluster: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

require_root() { ((EUID == 0)) || fail "needs root: it starts a container runtime and sets up a network"; }

require_machine() {
  [[ $(uname -s) == Linux ]] || fail "runs on Linux only; set TEST_KUBECONFIG to use a cluster of your own"
  require_root
  local missing=() command package
  while read -r command package; do
    command -v "$command" >/dev/null || missing+=("$package")
  done <<'LIST'
containerd containerd
runc runc
etcd etcd-server
/usr/lib/cni/bridge containernetworking-plugins
buildah buildah
docker-registry docker-registry
iptables iptables
ip iproute2
conntrack conntrack
busybox busybox-static
openssl openssl
curl curl
LIST
  ((${#missing[@]} == 0)) || fail "missing packages: apt-get install -y --no-install-recommends ${missing[*]}"
}

require_free_ports() {
  local port
  for port in "$api_port" "$registry_port" 12379 12380 10250 10256; do
    [[ -z $(ss -Hltn "sport = :$port") ]] || fail "port $port is taken; CLUSTER_API_PORT and CLUSTER_REGISTRY_PORT move the API server and the registry"
  done
}

start() {
  local name=$1
  shift
  setsid nohup "$@" >"$log/$name.log" 2>&1 </dev/null 9>&- &
  echo $! >"$run/$name.pid"
  printf '%s\0' "$@" >"$run/$name.command"
}

# Ends one program as a machine does that loses its power, and starts it again as it was started.
crash() {
  local name=${1:-} seconds=${2:-30} command
  runs "$name" || fail "$name does not run"
  kill -KILL "$(cat "$run/$name.pid")"
  sleep "$seconds"
  mapfile -d '' -t command <"$run/$name.command"
  start "$name" "${command[@]}"
  say "$name is back"
}

# A number kept in a file may belong to another program by now; ours all name this folder in their arguments.
runs() {
  local pid
  pid=$(cat "$run/$1.pid" 2>/dev/null) && tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "$home/"
}

all_run() {
  local name
  for name in "${programs[@]}"; do runs "$name" || return 1; done
}

is_any_left() { [[ -d $run || -d $home/etcd || -d $home/containerd ]]; }

stop() {
  local name pid i
  for name in "$@"; do
    if runs "$name"; then
      pid=$(cat "$run/$name.pid")
      kill "$pid" 2>/dev/null || true
      for ((i = 0; i < 50; i++)); do
        runs "$name" || break
        sleep 0.1
      done
      kill -KILL "$pid" 2>/dev/null || true
    fi
    rm -f "$run/$name.pid"
  done
}

wait_for() {
  local seconds=$1 what=$2 i
  shift 2
  for ((i = 0; i < seconds * 4; i++)); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.25
  done
  fail "$what did not come up in $seconds s; the logs are in $log"
}
