/** A pod and what is in it. */
export const podStructs = `
ObjectMeta name:string generateName:string namespace:string uid:string resourceVersion:string generation:int64 selfLink:string
ObjectMeta creationTimestamp deletionTimestamp deletionGracePeriodSeconds:int64 labels:string{} annotations:string{}
ObjectMeta ownerReferences:OwnerReference[] finalizers:string[] managedFields
OwnerReference apiVersion:string kind:string name:string uid:string controller:bool blockOwnerDeletion:bool
LabelSelector matchLabels:string{} matchExpressions:LabelSelectorRequirement[]
LabelSelectorRequirement key:string operator:string values:string[]
LocalObjectReference name:string
ObjectReference kind:string namespace:string name:string uid:string apiVersion:string resourceVersion:string fieldPath:string

Pod apiVersion:string kind:string metadata:ObjectMeta spec:PodSpec status
PodTemplateSpec metadata:ObjectMeta spec:PodSpec
PodSpec volumes:Volume[] initContainers:Container[] containers:Container[] ephemeralContainers restartPolicy:string
PodSpec terminationGracePeriodSeconds:int64 activeDeadlineSeconds:int64 dnsPolicy:string nodeSelector:string{}
PodSpec serviceAccountName:string serviceAccount:string automountServiceAccountToken:bool nodeName:string hostNetwork:bool
PodSpec hostPID:bool hostIPC:bool shareProcessNamespace:bool securityContext:PodSecurityContext imagePullSecrets:LocalObjectReference[]
PodSpec hostname:string subdomain:string affinity:Affinity schedulerName:string tolerations:Toleration[] hostAliases:HostAlias[]
PodSpec priorityClassName:string priority:int32 dnsConfig:PodDNSConfig readinessGates runtimeClassName:string enableServiceLinks:bool
PodSpec preemptionPolicy:string overhead:quantity{} topologySpreadConstraints:TopologySpreadConstraint[] setHostnameAsFQDN:bool
PodSpec os hostUsers:bool schedulingGates resourceClaims resources hostnameOverride:string
PodSecurityContext seLinuxOptions windowsOptions runAsUser:int64 runAsGroup:int64 runAsNonRoot:bool supplementalGroups:int64[]
PodSecurityContext supplementalGroupsPolicy:string fsGroup:int64 sysctls:Sysctl[] fsGroupChangePolicy:string seccompProfile:SeccompProfile
PodSecurityContext appArmorProfile seLinuxChangePolicy:string
Sysctl name:string value:string
SeccompProfile type:string localhostProfile:string
Toleration key:string operator:string value:string effect:string tolerationSeconds:int64
HostAlias ip:string hostnames:string[]
PodDNSConfig nameservers:string[] searches:string[] options:PodDNSConfigOption[]
PodDNSConfigOption name:string value:string
TopologySpreadConstraint maxSkew:int32 topologyKey:string whenUnsatisfiable:string labelSelector:LabelSelector minDomains:int32
TopologySpreadConstraint nodeAffinityPolicy:string nodeTaintsPolicy:string matchLabelKeys:string[]
Affinity nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
NodeAffinity preferredDuringSchedulingIgnoredDuringExecution:PreferredSchedulingTerm[]
NodeSelector nodeSelectorTerms:NodeSelectorTerm[]
NodeSelectorTerm matchExpressions:NodeSelectorRequirement[] matchFields:NodeSelectorRequirement[]
NodeSelectorRequirement key:string operator:string values:string[]
PreferredSchedulingTerm weight:int32 preference:NodeSelectorTerm
PodAffinity requiredDuringSchedulingIgnoredDuringExecution:PodAffinityTerm[]
PodAffinity preferredDuringSchedulingIgnoredDuringExecution:WeightedPodAffinityTerm[]
PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution:PodAffinityTerm[]
PodAntiAffinity preferredDuringSchedulingIgnoredDuringExecution:WeightedPodAffinityTerm[]
WeightedPodAffinityTerm weight:int32 podAffinityTerm:PodAffinityTerm
PodAffinityTerm labelSelector:LabelSelector namespaces:string[] topologyKey:string namespaceSelector:LabelSelector
PodAffinityTerm matchLabelKeys:string[] mismatchLabelKeys:string[]

Container name:string image:string command:string[] args:string[] workingDir:string ports:ContainerPort[] envFrom:EnvFromSource[]
Container env:EnvVar[] resources:ResourceRequirements resizePolicy restartPolicy:string restartPolicyRules volumeMounts:VolumeMount[]
Container volumeDevices:VolumeDevice[] livenessProbe:Probe readinessProbe:Probe startupProbe:Probe lifecycle:Lifecycle
Container terminationMessagePath:string terminationMessagePolicy:string imagePullPolicy:string securityContext:SecurityContext
Container stdin:bool stdinOnce:bool tty:bool
ContainerPort name:string hostPort:int32 containerPort:int32 protocol:string hostIP:string
EnvFromSource prefix:string configMapRef:ConfigMapEnvSource secretRef:SecretEnvSource
ConfigMapEnvSource name:string optional:bool
SecretEnvSource name:string optional:bool
EnvVar name:string value:string valueFrom:EnvVarSource
EnvVarSource fieldRef:ObjectFieldSelector resourceFieldRef:ResourceFieldSelector configMapKeyRef:ConfigMapKeySelector secretKeyRef:SecretKeySelector fileKeyRef
ObjectFieldSelector apiVersion:string fieldPath:string
ResourceFieldSelector containerName:string resource:string divisor:quantity
ConfigMapKeySelector name:string key:string optional:bool
SecretKeySelector name:string key:string optional:bool
ResourceRequirements limits:quantity{} requests:quantity{} claims
VolumeMount name:string readOnly:bool recursiveReadOnly:string mountPath:string subPath:string mountPropagation:string subPathExpr:string
VolumeDevice name:string devicePath:string
Probe exec:ExecAction httpGet:HTTPGetAction tcpSocket:TCPSocketAction grpc:GRPCAction initialDelaySeconds:int32 timeoutSeconds:int32
Probe periodSeconds:int32 successThreshold:int32 failureThreshold:int32 terminationGracePeriodSeconds:int64
ExecAction command:string[]
HTTPGetAction path:string port:intOrString host:string scheme:string httpHeaders:HTTPHeader[]
HTTPHeader name:string value:string
TCPSocketAction port:intOrString host:string
GRPCAction port:int32 service:string
Lifecycle postStart:LifecycleHandler preStop:LifecycleHandler stopSignal:string
LifecycleHandler exec:ExecAction httpGet:HTTPGetAction tcpSocket:TCPSocketAction sleep:SleepAction
SleepAction seconds:int64
SecurityContext capabilities:Capabilities privileged:bool seLinuxOptions windowsOptions runAsUser:int64 runAsGroup:int64 runAsNonRoot:bool
SecurityContext readOnlyRootFilesystem:bool allowPrivilegeEscalation:bool procMount:string seccompProfile:SeccompProfile appArmorProfile
Capabilities add:string[] drop:string[]

Volume name:string hostPath:HostPathVolumeSource emptyDir:EmptyDirVolumeSource secret:SecretVolumeSource nfs:NFSVolumeSource
Volume persistentVolumeClaim:PersistentVolumeClaimVolumeSource configMap:ConfigMapVolumeSource projected downwardAPI csi ephemeral image
Volume gcePersistentDisk awsElasticBlockStore gitRepo iscsi glusterfs rbd flexVolume cinder cephfs flocker fc azureFile
Volume vsphereVolume quobyte azureDisk photonPersistentDisk portworxVolume scaleIO storageos
HostPathVolumeSource path:string type:string
EmptyDirVolumeSource medium:string sizeLimit:quantity
SecretVolumeSource secretName:string items:KeyToPath[] defaultMode:int32 optional:bool
ConfigMapVolumeSource name:string items:KeyToPath[] defaultMode:int32 optional:bool
KeyToPath key:string path:string mode:int32
NFSVolumeSource server:string path:string readOnly:bool
PersistentVolumeClaimVolumeSource claimName:string readOnly:bool
`.replaceAll("\n\n", "\n");
