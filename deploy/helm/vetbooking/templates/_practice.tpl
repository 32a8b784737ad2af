{{- define "vetbooking.name" -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "vetbooking.labels" -}}
app.kubernetes.io/name: vetbooking
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "vetbooking.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- /* What every pod of the practice's is kept from. */ -}}
{{- define "vetbooking.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "vetbooking.container" -}}
image: {{ include "vetbooking.image" . | quote }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
resources: {{ toYaml .Values.resources | nindent 2 }}
{{- end -}}

{{- /* A pod that works on the folder beside the practice has to be on its node: the volume is mounted there. */ -}}
{{- define "vetbooking.beside" -}}
affinity:
  podAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels: {{- include "vetbooking.labels" . | nindent 12 }}
            app.kubernetes.io/component: practice
{{- end -}}
