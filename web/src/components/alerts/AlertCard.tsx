import { useTranslation } from 'react-i18next';
import type { Alert } from '../../api/types';
import { formatDuration, formatTime, plainText } from '../../lang/format';
import { alertRowsUrl, keyText } from '../../state/alerts';
import { usePreferences } from '../../state/preferences';
import { Icon } from '../Icon';
import { PlaceLink } from '../PlaceLink';
import { Severity, severityClass } from '../Severity';
import { Evidence } from './Evidence';

interface AlertCardProps {
  readonly alert: Alert;
  readonly nowMs: number;
  /** Whether its evidence is shown at once. */
  readonly isOpen: boolean;
}

/** One alert: what it says, for whom, since when, and what stands behind it. */
export function AlertCard({ alert, nowMs, isOpen }: AlertCardProps) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const startMs = Date.parse(alert.startedAt);
  const endMs = alert.resolvedAt ? Date.parse(alert.resolvedAt) : nowMs;
  const values = Object.entries(alert.values);
  const labels = Object.entries(alert.labels);
  return (
    <article className={`alert-card ${severityClass(alert.severity)}`} data-testid="alert">
      <div className="alert-head">
        <Severity severity={alert.severity} />
        <h3 className="ellipsis">{alert.rule}</h3>
        <span className="grow" />
        {alert.state !== 'firing' && (
          <span className={`badge state-${alert.state}`}>{t(`alerts.state.${alert.state}`)}</span>
        )}
        {alert.kind !== 'condition' && <span className="badge">{t(`alerts.kind.${alert.kind}`, alert.kind)}</span>}
        <span className="alert-since nums" title={formatTime(startMs, zone, 'second')}>
          {t('alerts.since', { duration: formatDuration(Math.max(endMs - startMs, 0), i18n.language) })}
        </span>
      </div>
      <p className="alert-summary">{alert.annotations.summary || keyText(alert.key) || alert.rule}</p>
      {alert.annotations.description && <p className="dim">{alert.annotations.description}</p>}
      <div className="alert-facts">
        {Object.entries(alert.key).map(([name, value]) => (
          <Fact key={`k-${name}`} name={name} value={plainText(value)} kind="key" />
        ))}
        {values.map(([name, value]) => (
          <Fact key={`v-${name}`} name={name} value={plainText(value)} kind="value" />
        ))}
        {labels.map(([name, value]) => (
          <Fact key={`l-${name}`} name={name} value={value} kind="label" />
        ))}
      </div>
      {alert.storm && (
        <p className="dim">
          {t('alerts.inStorm')} <PlaceLink to={`/alerts?id=${alert.storm}`}>{t('alerts.storm')}</PlaceLink>
        </p>
      )}
      {alert.evidence && (
        <details open={isOpen}>
          <summary>{t('evidence.title')}</summary>
          <Evidence evidence={alert.evidence} />
        </details>
      )}
      <div className="row alert-foot">
        <span className="dim nums">
          {formatTime(startMs, zone, 'second')}
          {alert.revision > 1 && ` · ${t('alerts.revision', { revision: alert.revision })}`}
        </span>
        <span className="grow" />
        {alert.annotations.runbook && /^https?:\/\//.test(alert.annotations.runbook) && (
          <a className="btn small" href={alert.annotations.runbook} target="_blank" rel="noreferrer">
            {t('alerts.runbook')}
          </a>
        )}
        <PlaceLink className="btn small" to={alertRowsUrl(alert)}>
          <Icon name="search" size={14} /> {t('alerts.rows')}
        </PlaceLink>
      </div>
    </article>
  );
}

function Fact({
  name,
  value,
  kind,
}: {
  readonly name: string;
  readonly value: string;
  readonly kind: 'key' | 'value' | 'label';
}) {
  return (
    <span className={`fact is-${kind}`}>
      <span className="fact-name">{name}</span>
      <span className="fact-value nums">{value}</span>
    </span>
  );
}
