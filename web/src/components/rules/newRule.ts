export interface RuleSketch {
  readonly kind: string;
  readonly text: string;
}

/** Rules to begin with, one for each thing people ask for most. */
export const ruleSketches: readonly RuleSketch[] = [
  {
    kind: 'query',
    text: `name: errors-by-service
query: |
  logs
  | where level == "error"
  | summarize errors = count() by service
  | where errors >= 10
every: 1m
window: 5m
severity: 2
annotations:
  summary: "{{ errors }} errors in {{ service }}"
`,
  },
  {
    kind: 'anomaly',
    text: `name: unusual-traffic
kind: anomaly
query: logs
by: service
every: 5m
calendar: korea
timezone: Asia/Seoul
severity: 3
annotations:
  summary: "{{ service }}: {{ value }} rows, expected {{ expected }}"
`,
  },
  {
    kind: 'flatline',
    text: `name: silent-service
kind: flatline
query: logs
by: service
below: 1
within: 10m
severity: 2
annotations:
  summary: "{{ service }} has been silent for ten minutes"
`,
  },
  {
    kind: 'new_pattern',
    text: `name: new-error
kind: new_pattern
query: logs | where level == "error"
look_back: 7d
severity: 3
annotations:
  summary: "an error never seen before: {{ pattern }}"
`,
  },
];
