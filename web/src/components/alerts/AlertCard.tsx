import { useTranslation } from 'react-i18next';
import type { Alert } from '../../api/types';
import { formatDuration, formatTime } from '../../lang/format';
import { alertRowsUrl, alertUrl, headline, stormSize } from '../../state/alerts';
import { usePreferences } from '../../state/preferences';
import { Icon } from '../Icon';
import { PlaceLink } from '../PlaceLink';
import { Severity, severityClass } from '../Severity';
import { AlertMarks } from './AlertMarks';
import { Comparisons } from './Evidence';
import { Facts } from './Facts';

interface AlertCardProps {
  readonly alert: Alert;
  readonly nowMs: number;
}

/** One alert that fires: what it says, for whom, since when. */
export function AlertCard({ alert, nowMs }: AlertCardProps) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const startMs = Date.parse(alert.startedAt);
  const isStorm = alert.kind === 'storm';
  return (
    <article className={`alert-card ${severityClass(alert.severity)}`} data-testid="alert">
      <div className="alert-head">
        <Severity severity={alert.severity} />
        <span className="alert-rule ellipsis">{alert.rule}</span>
        <span className="grow" />
        <AlertMarks alert={alert} />
        <span className="alert-since nums" title={formatTime(startMs, zone, 'second')}>
          {nowMs - startMs < 1000
            ? t('alerts.justNow')
            : t('alerts.since', { duration: formatDuration(nowMs - startMs, i18n.language) })}
        </span>
      </div>
      <h3 className="alert-summary">
        <PlaceLink to={alertUrl(alert.id)}>{headline(alert)}</PlaceLink>
      </h3>
      {alert.annotations.description && <p className="dim">{alert.annotations.description}</p>}
      <Comparisons alert={alert} />
      <Facts alert={alert} />
      <div className="row alert-foot">
        <span className="dim nums">{formatTime(startMs, zone, 'second')}</span>
        <span className="grow" />
        <PlaceLink className="btn small" to={isStorm ? alertUrl(alert.id) : alertRowsUrl(alert)}>
          <Icon name={isStorm ? 'bell' : 'search'} size={14} />{' '}
          {isStorm ? t('alerts.members', { count: stormSize(alert) }) : t('alerts.rows')}
        </PlaceLink>
      </div>
    </article>
  );
}
