# One authority, a certificate for each program, and the kubeconfigs made of them.

clients=(admin controller-manager scheduler kubelet proxy)

make_certificates() {
  if [[ ! -f $pki/complete ]] || ! openssl x509 -checkend 604800 -noout -in "$pki/ca.crt" >/dev/null; then
    rm -rf "$pki"
    mkdir -p "$pki"
    chmod 700 "$pki"
    (cd "$pki" && issue_all)
    touch "$pki/complete"
  fi
  local who
  for who in "${clients[@]}"; do kubeconfig_of "$who" >"$pki/$who.kubeconfig"; done
}

issue_all() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj /CN=cluster-ca -keyout ca.key -out ca.crt 2>/dev/null
  openssl genrsa -out sa.key 2048 2>/dev/null
  openssl rsa -in sa.key -pubout -out sa.pub 2>/dev/null
  issue apiserver /CN=kube-apiserver "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:$node_ip,IP:10.245.0.1"
  issue admin /O=system:masters/CN=admin
  issue controller-manager /CN=system:kube-controller-manager
  issue scheduler /CN=system:kube-scheduler
  issue kubelet /O=system:nodes/CN=system:node:node-1 "DNS:node-1,IP:$node_ip,IP:127.0.0.1"
  issue proxy /CN=system:kube-proxy
  issue aggregator /CN=aggregator
}

issue() {
  local name=$1 subject=$2 names=${3:-}
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$subject" -keyout "$name.key" -out "$name.csr" 2>/dev/null
  openssl x509 -req -in "$name.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 365 -out "$name.crt" \
    -extfile <(printf 'extendedKeyUsage=clientAuth,serverAuth\n%s\n' "${names:+subjectAltName=$names}") 2>/dev/null
}

kubeconfig_of() {
  cat <<YAML
apiVersion: v1
kind: Config
clusters: [{name: local, cluster: {server: "https://127.0.0.1:$api_port", certificate-authority-data: $(in_base64 ca.crt)}}]
users: [{name: $1, user: {client-certificate-data: $(in_base64 "$1.crt"), client-key-data: $(in_base64 "$1.key")}}]
contexts: [{name: local, context: {cluster: local, user: $1}}]
current-context: local
YAML
}

in_base64() { base64 -w0 <"$pki/$1"; }
