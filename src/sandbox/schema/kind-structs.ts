/** The kinds made of pods, and those around them. Kinds without a line here are taken as they are. */
export const kindStructs = `
Deployment apiVersion:string kind:string metadata:ObjectMeta spec:DeploymentSpec status
DeploymentSpec replicas:int32 selector:LabelSelector template:PodTemplateSpec strategy:DeploymentStrategy minReadySeconds:int32
DeploymentSpec revisionHistoryLimit:int32 paused:bool progressDeadlineSeconds:int32
DeploymentStrategy type:string rollingUpdate:RollingUpdateDeployment
RollingUpdateDeployment maxUnavailable:intOrString maxSurge:intOrString
ReplicaSet apiVersion:string kind:string metadata:ObjectMeta spec:ReplicaSetSpec status
ReplicaSetSpec replicas:int32 minReadySeconds:int32 selector:LabelSelector template:PodTemplateSpec
StatefulSet apiVersion:string kind:string metadata:ObjectMeta spec:StatefulSetSpec status
StatefulSetSpec replicas:int32 selector:LabelSelector template:PodTemplateSpec volumeClaimTemplates:PersistentVolumeClaim[]
StatefulSetSpec serviceName:string podManagementPolicy:string updateStrategy:StatefulSetUpdateStrategy revisionHistoryLimit:int32
StatefulSetSpec minReadySeconds:int32 persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy ordinals
StatefulSetUpdateStrategy type:string rollingUpdate:RollingUpdateStatefulSetStrategy
RollingUpdateStatefulSetStrategy partition:int32 maxUnavailable:intOrString
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:string whenScaled:string
DaemonSet apiVersion:string kind:string metadata:ObjectMeta spec:DaemonSetSpec status
DaemonSetSpec selector:LabelSelector template:PodTemplateSpec updateStrategy:DaemonSetUpdateStrategy minReadySeconds:int32 revisionHistoryLimit:int32
DaemonSetUpdateStrategy type:string rollingUpdate:RollingUpdateDaemonSet
RollingUpdateDaemonSet maxUnavailable:intOrString maxSurge:intOrString
Job apiVersion:string kind:string metadata:ObjectMeta spec:JobSpec status
JobTemplateSpec metadata:ObjectMeta spec:JobSpec
JobSpec parallelism:int32 completions:int32 activeDeadlineSeconds:int64 podFailurePolicy successPolicy backoffLimit:int32
JobSpec backoffLimitPerIndex:int32 maxFailedIndexes:int32 selector:LabelSelector manualSelector:bool template:PodTemplateSpec
JobSpec ttlSecondsAfterFinished:int32 completionMode:string suspend:bool podReplacementPolicy:string managedBy:string
CronJob apiVersion:string kind:string metadata:ObjectMeta spec:CronJobSpec status
CronJobSpec schedule:string timeZone:string startingDeadlineSeconds:int64 concurrencyPolicy:string suspend:bool jobTemplate:JobTemplateSpec
CronJobSpec successfulJobsHistoryLimit:int32 failedJobsHistoryLimit:int32
Service apiVersion:string kind:string metadata:ObjectMeta spec:ServiceSpec status
ServiceSpec ports:ServicePort[] selector:string{} clusterIP:string clusterIPs:string[] type:string externalIPs:string[]
ServiceSpec sessionAffinity:string loadBalancerIP:string loadBalancerSourceRanges:string[] externalName:string
ServiceSpec externalTrafficPolicy:string healthCheckNodePort:int32 publishNotReadyAddresses:bool sessionAffinityConfig
ServiceSpec ipFamilies:string[] ipFamilyPolicy:string allocateLoadBalancerNodePorts:bool loadBalancerClass:string
ServiceSpec internalTrafficPolicy:string trafficDistribution:string
ServicePort name:string protocol:string appProtocol:string port:int32 targetPort:intOrString nodePort:int32
Ingress apiVersion:string kind:string metadata:ObjectMeta spec:IngressSpec status
IngressSpec ingressClassName:string defaultBackend:IngressBackend tls:IngressTLS[] rules:IngressRule[]
IngressTLS hosts:string[] secretName:string
IngressRule host:string http:HTTPIngressRuleValue
HTTPIngressRuleValue paths:HTTPIngressPath[]
HTTPIngressPath path:string pathType:string backend:IngressBackend
IngressBackend service:IngressServiceBackend resource
IngressServiceBackend name:string port:ServiceBackendPort
ServiceBackendPort name:string number:int32
NetworkPolicy apiVersion:string kind:string metadata:ObjectMeta spec:NetworkPolicySpec status
NetworkPolicySpec podSelector:LabelSelector ingress:NetworkPolicyIngressRule[] egress:NetworkPolicyEgressRule[] policyTypes:string[]
NetworkPolicyIngressRule ports:NetworkPolicyPort[] from:NetworkPolicyPeer[]
NetworkPolicyEgressRule ports:NetworkPolicyPort[] to:NetworkPolicyPeer[]
NetworkPolicyPort protocol:string port:intOrString endPort:int32
NetworkPolicyPeer podSelector:LabelSelector namespaceSelector:LabelSelector ipBlock:IPBlock
IPBlock cidr:string except:string[]
ConfigMap apiVersion:string kind:string metadata:ObjectMeta immutable:bool data:string{} binaryData:bytes{}
Secret apiVersion:string kind:string metadata:ObjectMeta immutable:bool data:bytes{} stringData:string{} type:string
PersistentVolumeClaim apiVersion:string kind:string metadata:ObjectMeta spec:PersistentVolumeClaimSpec status
PersistentVolumeClaimSpec accessModes:string[] selector:LabelSelector resources:VolumeResourceRequirements volumeName:string
PersistentVolumeClaimSpec storageClassName:string volumeMode:string dataSource dataSourceRef volumeAttributesClassName:string
VolumeResourceRequirements limits:quantity{} requests:quantity{}
HorizontalPodAutoscaler apiVersion:string kind:string metadata:ObjectMeta spec:HorizontalPodAutoscalerSpec status
HorizontalPodAutoscalerSpec scaleTargetRef:CrossVersionObjectReference minReplicas:int32 maxReplicas:int32 metrics:MetricSpec[] behavior:HorizontalPodAutoscalerBehavior
CrossVersionObjectReference kind:string name:string apiVersion:string
MetricSpec type:string object pods resource:ResourceMetricSource containerResource external
ResourceMetricSource name:string target:MetricTarget
MetricTarget type:string value:quantity averageValue:quantity averageUtilization:int32
HorizontalPodAutoscalerBehavior scaleUp:HPAScalingRules scaleDown:HPAScalingRules
HPAScalingRules stabilizationWindowSeconds:int32 selectPolicy:string policies:HPAScalingPolicy[] tolerance:quantity
HPAScalingPolicy type:string value:int32 periodSeconds:int32
Namespace apiVersion:string kind:string metadata:ObjectMeta spec:NamespaceSpec status
NamespaceSpec finalizers:string[]
ServiceAccount apiVersion:string kind:string metadata:ObjectMeta secrets:ObjectReference[] imagePullSecrets:LocalObjectReference[] automountServiceAccountToken:bool
ResourceQuota apiVersion:string kind:string metadata:ObjectMeta spec:ResourceQuotaSpec status
ResourceQuotaSpec hard:quantity{} scopeSelector scopes:string[]
PodDisruptionBudget apiVersion:string kind:string metadata:ObjectMeta spec:PodDisruptionBudgetSpec status
PodDisruptionBudgetSpec minAvailable:intOrString selector:LabelSelector maxUnavailable:intOrString unhealthyPodEvictionPolicy:string
`;
