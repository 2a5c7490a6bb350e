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
    kind: 'percentage_match',
    text: `name: failing-requests
kind: percentage_match
query: logs | where isnotnull(status)
by: service
match: status >= 500
max: 5
min_rows: 20
within: 5m
severity: 2
annotations:
  summary: "{{ percent }} % of {{ rows }} requests of {{ service }} failed"
`,
  },
  {
    kind: 'frequency',
    text: `name: repeated-errors
kind: frequency
query: logs | where level == "error"
by: host
count: 20
within: 5m
severity: 3
annotations:
  summary: "20 errors within five minutes on {{ host }}"
`,
  },
  {
    kind: 'spike',
    text: `name: error-spike
kind: spike
query: logs | where level == "error"
by: service
within: 10m
height: 3
min_current: 20
severity: 3
annotations:
  summary: "{{ value }} errors in {{ service }}, {{ before }} in the ten minutes before"
`,
  },
  {
    kind: 'metric_aggregation',
    text: `name: slow-requests
kind: metric_aggregation
query: logs | where isnotnull(duration_ms)
by: service
metric: percentile(duration_ms, 95)
max: 1000
min_rows: 20
within: 5m
severity: 3
annotations:
  summary: "requests to {{ service }} take {{ value }} ms (95th percentile of {{ rows }})"
`,
  },
  {
    kind: 'new_term',
    text: `name: new-host
kind: new_term
query: logs
fields: host
look_back: 7d
severity: 4
annotations:
  summary: "{{ term }} was not seen before"
`,
  },
  {
    kind: 'job',
    text: `name: nightly-settlement
kind: job
query: logs | where service == "settlement"
start: message has "batch"
schedule: "0 3 * * *"
timezone: Asia/Seoul
grace: 15m
severity: 2
annotations:
  summary: "the nightly run is {{ problem }}, expected at {{ expected }}"
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
  {
    kind: 'sequence',
    text: `name: receipt-missing
kind: sequence
query: logs | where service == "payments"
by: trace_id
steps:
  - where: message has "approved"
  - where: message has "receipt"
    absent: true
within: 10m
severity: 2
annotations:
  summary: "paid, and no receipt within ten minutes"
`,
  },
];

/** The file a new rule goes to unless told otherwise: called like the rule. */
export function fileOfRule(text: string): string {
  const name = /^\s*(?:- )?name:\s*["']?([^"'\n#]+)/m.exec(text)?.[1]?.trim();
  return `${name?.replaceAll(/[^\p{L}\p{N}_. -]/gu, '-') || 'new-rule'}.yaml`;
}
