{{- /* What the schema can't say, and what it would say badly. */ -}}
{{- define "replicator.check" -}}
{{- $jobs := default dict .Values.config.jobs -}}
{{- $server := default dict .Values.config.server -}}
{{- if not $jobs -}}
{{- fail "config.jobs: name at least one job; config is the replicator.yaml (docs/configuration.md)" -}}
{{- end -}}
{{- if eq .Values.mode "hook" -}}
{{- if not .Values.hook.deploymentId -}}
{{- fail "hook.deploymentId: say what changes with every deployment, such as --set-string hook.deploymentId=$GIT_SHA" -}}
{{- end -}}
{{- if not .Values.hook.environment -}}
{{- fail "hook.environment: say production where this release is production; anywhere else the hook does nothing" -}}
{{- end -}}
{{- include "replicator.checkJob" (dict "what" "hook.job" "job" .Values.hook.job "jobs" $jobs) -}}
{{- $_ := include "replicator.hookDeadline" . -}}
{{- end -}}
{{- if eq .Values.mode "cron" -}}
{{- if not .Values.cron.schedules -}}
{{- fail "cron.schedules: name at least one" -}}
{{- end -}}
{{- $names := list -}}
{{- range .Values.cron.schedules -}}
{{- if has .name $names -}}
{{- fail (printf "cron.schedules: two are called %s" .name) -}}
{{- end -}}
{{- $names = append $names .name -}}
{{- include "replicator.checkJob" (dict "what" (printf "cron.schedules, %s: job" .name) "job" .job "jobs" $jobs) -}}
{{- end -}}
{{- end -}}
{{- if eq .Values.mode "server" -}}
{{- if not $server.tokens -}}
{{- fail "config.server.tokens: others reach this server, so name who may; `replicator config token NAME` makes one" -}}
{{- end -}}
{{- if and (gt (int .Values.server.replicas) 1) (not (include "replicator.sharedHistory" .)) -}}
{{- fail "server.replicas: more than one share their history in PostgreSQL; set config.server.database to jdbc:postgresql://…" -}}
{{- end -}}
{{- if and .Values.server.ingress.enabled (not .Values.server.ingress.host) -}}
{{- fail "server.ingress.host: say under which name the server is reached" -}}
{{- end -}}
{{- if and .Values.server.serviceMonitor.enabled (not .Values.server.serviceMonitor.tokenSecret) -}}
{{- fail "server.serviceMonitor.tokenSecret: /metrics takes a token; name the Secret with a viewer's" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "replicator.checkJob" -}}
{{- if and .job (not (hasKey .jobs .job)) -}}
{{- fail (printf "%s: there is no job %s in config.jobs, which has %s" .what .job (keys .jobs | sortAlpha | join ", ")) -}}
{{- end -}}
{{- if and (not .job) (gt (len .jobs) 1) -}}
{{- fail (printf "%s: which one? config.jobs has %s" .what (keys .jobs | sortAlpha | join ", ")) -}}
{{- end -}}
{{- end -}}

{{- /* The Job must not be ended while the hook still waits or works as it may. */ -}}
{{- define "replicator.hookDeadline" -}}
{{- $pass := add (int .Values.hook.waitLockSeconds) (int .Values.hook.timeoutSeconds) -}}
{{- $given := int .Values.hook.activeDeadlineSeconds -}}
{{- if and (gt $given 0) (lt $given (int (add $pass 120))) -}}
{{- fail (printf "hook.activeDeadlineSeconds: %d ends the Job before the hook does: waitLockSeconds + timeoutSeconds + 120 is the least, %d" $given (add $pass 120)) -}}
{{- end -}}
{{- default (add $pass 300) $given -}}
{{- end -}}
