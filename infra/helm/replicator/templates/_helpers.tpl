{{- define "replicator.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "replicator.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: {{ .Values.mode }}
{{- end -}}

{{- define "replicator.labels" -}}
{{ include "replicator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{- define "replicator.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "replicator.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "replicator.image" -}}
{{- $name := .Values.image.repository -}}
{{- if .Values.image.registry -}}
{{- $name = printf "%s/%s" .Values.image.registry .Values.image.repository -}}
{{- end -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" $name .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- /* What a hook needs has to be there before it: in mode hook, everything is a hook. Takes root and weight. */ -}}
{{- define "replicator.hookAnnotations" -}}
{{- if eq .root.Values.mode "hook" -}}
helm.sh/hook: {{ join "," .root.Values.hook.events }}
helm.sh/hook-weight: {{ .weight | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end -}}
{{- end -}}

{{- /* Whether the history is in PostgreSQL; else in a file of one server. */ -}}
{{- define "replicator.sharedHistory" -}}
{{- $server := default dict .Values.config.server -}}
{{- if hasPrefix "jdbc:postgresql:" (toString (index $server "database")) }}true{{ end -}}
{{- end -}}

{{- /*
The configuration; a server's with the names under which the cluster reaches it. Helm reads values as YAML 1.1, where a bare
on and off are booleans: a channel's `on` and a hook's `mode: off` are put back.
*/ -}}
{{- define "replicator.config" -}}
{{- $config := deepCopy .Values.config -}}
{{- range $job := values (default dict $config.jobs) -}}
{{- $hook := default dict $job.hook -}}
{{- if eq (toString $hook.mode) "false" }}{{ $_ := set $hook "mode" "off" }}{{ end -}}
{{- end -}}
{{- range $channel := values (default dict (default dict $config.notifications).channels) -}}
{{- if hasKey $channel "true" -}}
{{- $_ := set $channel "on" (index $channel "true") -}}
{{- $_ := unset $channel "true" -}}
{{- end -}}
{{- end -}}
{{- if eq .Values.mode "server" -}}
{{- $name := include "replicator.fullname" . -}}
{{- $inside := printf "%s.%s" $name .Release.Namespace -}}
{{- $hosts := list $name $inside (printf "%s.svc" $inside) (printf "%s.svc.cluster.local" $inside) -}}
{{- if .Values.server.ingress.enabled -}}
{{- $hosts = append $hosts .Values.server.ingress.host -}}
{{- end -}}
{{- $server := default dict $config.server -}}
{{- $_ := set $server "hosts" (uniq (concat (default list $server.hosts) $hosts)) -}}
{{- $_ := set $config "server" $server -}}
{{- end -}}
{{- toYaml $config -}}
{{- end -}}

{{- /* Takes root, args, env (a list), ports, probes and state (text for the container, or a volume). */ -}}
{{- define "replicator.podSpec" -}}
{{- $values := .root.Values -}}
serviceAccountName: {{ include "replicator.serviceAccountName" .root }}
automountServiceAccountToken: {{ $values.serviceAccount.automountToken }}
enableServiceLinks: false
# Objects in flight get 30 seconds, report and lease 10 more.
terminationGracePeriodSeconds: 45
securityContext:
  runAsNonRoot: true
  runAsUser: {{ $values.runAsUser }}
  runAsGroup: {{ $values.runAsUser }}
  fsGroup: {{ $values.runAsUser }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with $values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
containers:
  - name: replicator
    image: {{ include "replicator.image" .root | quote }}
    imagePullPolicy: {{ $values.image.pullPolicy }}
    args:
      {{- range .args }}
      - {{ . | quote }}
      {{- end }}
    env:
      - name: HOME
        value: /tmp
      - name: XDG_STATE_HOME
        value: /tmp/state
      {{- with $values.javaOptions }}
      - name: JAVA_TOOL_OPTIONS
        value: {{ . | quote }}
      {{- end }}
      {{- range .env }}
      - name: {{ .name }}
        value: {{ .value | quote }}
      {{- end }}
      {{- range $name, $value := $values.env }}
      - name: {{ $name }}
        value: {{ $value | quote }}
      {{- end }}
      {{- range $values.secretEnv }}
      - name: {{ .name }}
        valueFrom:
          secretKeyRef:
            name: {{ .secret }}
            key: {{ .key }}
      {{- end }}
    {{- with .container }}
    {{- . | nindent 4 }}
    {{- end }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities:
        drop: [ALL]
    resources:
      {{- toYaml $values.resources | nindent 6 }}
    volumeMounts:
      - name: config
        mountPath: /etc/replicator
        readOnly: true
      - name: tmp
        mountPath: /tmp
      {{- if .state }}
      - name: state
        mountPath: /var/lib/replicator
      {{- end }}
      {{- if $values.existingSecret }}
      - name: secrets
        mountPath: /run/secrets/replicator
        readOnly: true
      {{- end }}
      {{- with $values.volumeMounts }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
volumes:
  - name: config
    configMap:
      name: {{ include "replicator.fullname" .root }}
  - name: tmp
    emptyDir:
      sizeLimit: {{ $values.tmpSize }}
  {{- with .state }}
  - name: state
    {{- . | nindent 4 }}
  {{- end }}
  {{- with $values.existingSecret }}
  - name: secrets
    secret:
      secretName: {{ . }}
      defaultMode: 0440
  {{- end }}
  {{- with $values.volumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "replicator.podMetadata" -}}
labels:
  {{- include "replicator.labels" . | nindent 2 }}
  {{- with .Values.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
annotations:
  checksum/config: {{ include "replicator.config" . | sha256sum }}
  {{- with .Values.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- /* A run that ends so ends so again: no second pod. A pod that had to make room for others does not count. */ -}}
{{- define "replicator.podFailurePolicy" -}}
rules:
  - action: Ignore
    onPodConditions:
      - type: DisruptionTarget
        status: "True"
  - action: FailJob
    onExitCodes:
      containerName: replicator
      operator: In
      # usage or configuration, findings, refused by a guard, no access
      values: [2, 3, 5, 6]
{{- end -}}
