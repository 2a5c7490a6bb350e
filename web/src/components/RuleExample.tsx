import { useTranslation } from 'react-i18next';

const example = `name: payments-errors
query: |
  logs
  | where service == "payments" and level == "error"
  | summarize errors = count() by host
  | where errors > 10
every: 1m
window: 5m
lateness: 30s
severity: 2
annotations:
  summary: "{{errors}} errors on {{host}}"
channels: [ops]
`;

/** How to write a rule: a file, as small as it can be. */
export function RuleExample() {
  const { t } = useTranslation();
  return (
    <div className="rule-example">
      <p>{t('rules.how')}</p>
      <pre className="code">{example}</pre>
      <p className="dim">{t('rules.howCheck')}</p>
    </div>
  );
}
