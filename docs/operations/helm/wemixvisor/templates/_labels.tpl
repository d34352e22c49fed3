{{- define "wemixvisor.labels" -}}
app.kubernetes.io/name: wemixvisor
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
