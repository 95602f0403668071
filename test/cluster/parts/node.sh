# The one node, and what a cluster is expected to offer: names, usage figures, storage and an ingress class.

start_node() {
  cat >"$home/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $node_ip
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $pki/kubelet.crt
tlsPrivateKeyFile: $pki/kubelet.key
cgroupDriver: cgroupfs
cgroupsPerQOS: true
enforceNodeAllocatable: []
failSwapOn: false
imageGCHighThresholdPercent: 100
imageMinimumGCAge: 24h
evictionHard: {memory.available: 100Mi}
clusterDomain: cluster.local
clusterDNS: [$node_ip]
resolvConf: ""
podLogsDir: $home/pod-logs
containerRuntimeEndpoint: unix://$home/containerd.sock
YAML
  start kubelet "$bin/kubelet" --config="$home/kubelet.yaml" --kubeconfig="$pki/kubelet.kubeconfig" --root-dir="$home/kubelet" --hostname-override=node-1 --node-ip=$node_ip
  cat >"$home/proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
bindAddress: $node_ip
clientConnection: {kubeconfig: $pki/proxy.kubeconfig}
clusterCIDR: $pods
hostnameOverride: node-1
mode: iptables
conntrack: {maxPerCore: 0}
nodePortAddresses: ["$node_ip/32"]
metricsBindAddress: 127.0.0.1:10249
healthzBindAddress: 127.0.0.1:10256
YAML
  start kube-proxy "$bin/kube-proxy" --config="$home/proxy.yaml"
}

# Names and usage figures are served by programs of the machine instead of pods.
start_addons() {
  cat >"$home/Corefile" <<CONF
.:53 {
  bind $node_ip
  kubernetes cluster.local {
    kubeconfig $pki/admin.kubeconfig local
  }
  cache 5
}
CONF
  start dns "$bin/coredns" -conf "$home/Corefile"
  start metrics "$bin/metrics-server" --kubeconfig="$pki/admin.kubeconfig" --authentication-kubeconfig="$pki/admin.kubeconfig" \
    --authorization-kubeconfig="$pki/admin.kubeconfig" --bind-address=$node_ip --secure-port=4443 --metric-resolution=10s --kubelet-request-timeout=5s \
    --cert-dir="$home/metrics" --kubelet-certificate-authority="$pki/ca.crt" --kubelet-preferred-address-types=InternalIP
  kubectl apply -f "$here/addons.yaml" >/dev/null
}

is_node_ready() {
  kubectl get node node-1 -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' 2>/dev/null | grep -q True &&
    kubectl -n default get serviceaccount default >/dev/null 2>&1
}
