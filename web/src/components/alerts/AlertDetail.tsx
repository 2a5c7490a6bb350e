import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getAlerts, getRules } from '../../api/client';
import type { Alert } from '../../api/types';
import { formatDuration, formatTime } from '../../lang/format';
import { alertRowsUrl, alertUrl, headline, stormSize } from '../../state/alerts';
import { formatExplorer, initialState } from '../../state/explorerUrl';
import { usePreferences } from '../../state/preferences';
import { Icon } from '../Icon';
import { Empty, Failure, Loading } from '../Notice';
import { PlaceLink } from '../PlaceLink';
import { Severity, severityClass } from '../Severity';
import { AlertChart } from './AlertChart';
import { AlertMarks } from './AlertMarks';
import { AlertTable } from './AlertTable';
import { Comparisons, Evidence } from './Evidence';
import { Facts } from './Facts';

const refreshMs = 3000;
const memberLimit = 500;

/** One alert with everything that is known of it. */
export function AlertDetail({ id, nowMs }: { readonly id: string; readonly nowMs: number }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ['alerts', 'one', id],
    queryFn: ({ signal }) => getAlerts({ id }, signal),
    refetchInterval: refreshMs,
  });
  const alert = found.data?.[0];
  return (
    <>
      <PlaceLink className="btn quiet small back" to="/alerts">
        <Icon name="bell" size={14} /> {t('alerts.all')}
      </PlaceLink>
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && !alert && <Gone id={id} />}
      {alert && <Known alert={alert} nowMs={nowMs} />}
    </>
  );
}

/** Alerts are listed for a week; the table keeps what they were. */
function Gone({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const stored = formatExplorer({
    ...initialState,
    kql: `Alerts\n| where alert_id == "${id.replaceAll(/["\\]/g, '')}"`,
    range: { kind: 'relative', seconds: 90 * 86_400 },
  });
  return (
    <Empty icon="bell" title={t('alerts.goneTitle')}>
      <p>{t('alerts.goneText')}</p>
      <PlaceLink className="btn" to={stored}>
        {t('alerts.goneFind')}
      </PlaceLink>
    </Empty>
  );
}

function Known({ alert, nowMs }: { readonly alert: Alert; readonly nowMs: number }) {
  const { t } = useTranslation();
  const rules = useQuery({ queryKey: ['rules'], queryFn: ({ signal }) => getRules(signal) });
  const rule = rules.data?.rules.find(({ name }) => name === alert.rule);
  const isCondition = alert.kind === 'condition';
  const { runbook } = alert.annotations;
  return (
    <article className={`alert-detail ${severityClass(alert.severity)}`} data-testid="alert-detail">
      <header>
        <div className="alert-head">
          <span className={`badge state-${alert.state}`}>{t(`alerts.state.${alert.state}`)}</span>
          <Severity severity={alert.severity} />
          <span className="alert-rule ellipsis">{alert.rule}</span>
          <AlertMarks alert={alert} />
        </div>
        <h1>{headline(alert)}</h1>
        {alert.annotations.description && <p className="dim">{alert.annotations.description}</p>}
        <div className="row alert-actions">
          <PlaceLink className="btn primary" to={alertRowsUrl(alert)}>
            <Icon name="search" size={14} /> {t('alerts.rows')}
          </PlaceLink>
          {rule && (
            <PlaceLink className="btn" to={`/rules/edit?file=${encodeURIComponent(rule.file)}`}>
              <Icon name="rules" size={14} /> {t('alerts.itsRule')}
            </PlaceLink>
          )}
          <PlaceLink className="btn" to={`/alerts?rule=${encodeURIComponent(alert.rule)}`}>
            <Icon name="history" size={14} /> {t('rules.itsAlerts')}
          </PlaceLink>
          {runbook && /^https?:\/\//.test(runbook) && (
            <a className="btn" href={runbook} target="_blank" rel="noreferrer">
              {t('alerts.runbook')}
            </a>
          )}
        </div>
      </header>
      <Times alert={alert} nowMs={nowMs} />
      <Facts alert={alert} />
      {alert.storm && (
        <p className="notice">
          <span>
            {t('alerts.inStorm')} <PlaceLink to={alertUrl(alert.storm)}>{t('alerts.storm')}</PlaceLink>
          </span>
        </p>
      )}
      <Comparisons alert={alert} />
      {alert.kind === 'storm' && <Members storm={alert} nowMs={nowMs} />}
      {isCondition && rule && <AlertChart key={alert.id} alert={alert} rule={rule} />}
      {alert.evidence && alert.kind !== 'storm' && <Evidence evidence={alert.evidence} />}
      <details>
        <summary>{t('alerts.query')}</summary>
        <pre className="code">{alert.query.trim()}</pre>
      </details>
    </article>
  );
}

function Times({ alert, nowMs }: { readonly alert: Alert; readonly nowMs: number }) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const time = (text: string) => formatTime(Date.parse(text), zone, 'second');
  const startMs = Date.parse(alert.startedAt);
  const endMs = alert.resolvedAt ? Date.parse(alert.resolvedAt) : nowMs;
  const facts = [
    ['started', time(alert.startedAt)],
    ...(alert.firingSince && alert.firingSince !== alert.startedAt
      ? ([['firingSince', time(alert.firingSince)]] as const)
      : []),
    ...(alert.resolvedAt ? ([['resolvedAt', time(alert.resolvedAt)]] as const) : []),
    ['lasted', endMs > startMs ? formatDuration(endMs - startMs, i18n.language) : '–'],
    ...(alert.firedAt && alert.state !== 'pending' ? ([['toldAt', time(alert.firedAt)]] as const) : []),
    ...(alert.windowStart && alert.windowEnd
      ? ([['window', `${time(alert.windowStart)} – ${time(alert.windowEnd).slice(11)}`]] as const)
      : []),
    [
      'revision',
      alert.corrected ? t('alerts.revisionCorrected', { revision: alert.revision }) : String(alert.revision),
    ],
  ] as const;
  return (
    <dl className="rule-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`alerts.fact.${name}`)}</dt>
          <dd className="nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What a storm is of. */
function Members({ storm, nowMs }: { readonly storm: Alert; readonly nowMs: number }) {
  const { t } = useTranslation();
  const members = useQuery({
    queryKey: ['alerts', 'members', storm.id],
    queryFn: ({ signal }) => getAlerts({ storm: storm.id, limit: memberLimit }, signal),
    refetchInterval: refreshMs,
  });
  return (
    <section>
      <h2 className="section-title">
        {t('alerts.members', { count: stormSize(storm) })}{' '}
        <span className="badge">{t('alerts.stillFiring', { count: Number(storm.values.firing ?? 0) })}</span>
      </h2>
      {members.error && <Failure error={members.error} />}
      {members.data && <AlertTable alerts={members.data} nowMs={nowMs} />}
    </section>
  );
}
