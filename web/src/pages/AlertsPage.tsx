import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getAlerts } from '../api/client';
import { AlertTimeline } from '../components/AlertTimeline';
import { AlertCard } from '../components/alerts/AlertCard';
import { AlertDetail } from '../components/alerts/AlertDetail';
import { AlertTable } from '../components/alerts/AlertTable';
import { Icon } from '../components/Icon';
import { Empty, Failure, Loading } from '../components/Notice';
import { PlaceLink } from '../components/PlaceLink';
import { useNow } from '../components/useNow';
import { byUrgency, groupStorms } from '../state/alerts';
import { navigate, usePlace } from '../state/location';

const refreshMs = 3000;
const historyLimit = 300;
/** Pending alerts drawn; of many a count is enough. */
const pendingShown = 20;
const spans = { '1h': 3_600_000, '6h': 21_600_000, '24h': 86_400_000, '7d': 604_800_000 } as const;
type SpanName = keyof typeof spans;

/** What is firing now, and what has fired; or one alert. */
export function AlertsPage() {
  const { search } = usePlace();
  const now = useNow(1000);
  const id = new URLSearchParams(search).get('id');
  return (
    <main className="page" id="main">
      {id === null ? <AlertList search={search} nowMs={now} /> : <AlertDetail id={id} nowMs={now} />}
    </main>
  );
}

function AlertList({ search, nowMs }: { readonly search: string; readonly nowMs: number }) {
  const { t } = useTranslation();
  const parameters = new URLSearchParams(search);
  const span: SpanName = isSpan(parameters.get('span')) ? (parameters.get('span') as SpanName) : '24h';
  const rule = parameters.get('rule');
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(search);
    value === null ? next.delete(name) : next.set(name, value);
    navigate(`/alerts${next.size > 0 ? `?${next}` : ''}`);
  };

  const firing = useQuery({
    queryKey: ['alerts', 'firing'],
    queryFn: ({ signal }) => getAlerts({ state: 'firing', limit: historyLimit }, signal),
    refetchInterval: refreshMs,
  });
  const history = useQuery({
    queryKey: ['alerts', 'history', span, rule],
    queryFn: ({ signal }) =>
      getAlerts(
        { from: new Date(Date.now() - spans[span]).toISOString(), limit: historyLimit, ...(rule !== null && { rule }) },
        signal,
      ),
    refetchInterval: refreshMs,
  });
  const all = history.data ?? [];
  const told = groupStorms(all.filter(({ state }) => state !== 'pending')).alerts;
  const pending = all.filter(({ state }) => state === 'pending');
  const shownFiring = (firing.data ?? []).filter((alert) => rule === null || alert.rule === rule);
  const error = firing.error ?? history.error;
  return (
    <>
      <header className="page-head">
        <h1>{t('alerts.title')}</h1>
        {rule && (
          <button type="button" className="btn small is-on" onClick={() => set('rule', null)}>
            {t('alerts.ofRule', { rule })} <Icon name="close" size={12} />
          </button>
        )}
        <span className="dim live-note">
          <span className={error ? 'tail-dot is-closed' : 'tail-dot is-open'} />{' '}
          {t(error ? 'alerts.stale' : 'alerts.live')}
        </span>
      </header>
      {error && <Failure error={error} onRetry={() => void Promise.all([firing.refetch(), history.refetch()])} />}
      {firing.isPending && !error && <Loading />}
      {firing.data && (
        <section aria-labelledby="firing-title">
          <h2 id="firing-title" className="section-title">
            {t('alerts.firing')}{' '}
            <span className={shownFiring.length > 0 ? 'badge fire' : 'badge'}>{shownFiring.length}</span>
          </h2>
          {shownFiring.length === 0 && <AllQuiet isFirst={history.data !== undefined && all.length === 0 && !rule} />}
          <ul className="alert-cards">
            {groupStorms(shownFiring)
              .alerts.toSorted(byUrgency)
              .map((alert) => (
                <li key={alert.id}>
                  <AlertCard alert={alert} nowMs={nowMs} />
                </li>
              ))}
          </ul>
        </section>
      )}
      {pending.length > 0 && (
        <section aria-labelledby="pending-title" data-testid="pending">
          <h2 id="pending-title" className="section-title">
            {t('alerts.pendingTitle')} <span className="badge">{pending.length}</span>
          </h2>
          <p className="dim section-note">{t('alerts.pendingText')}</p>
          <AlertTable alerts={pending.slice(0, pendingShown)} nowMs={nowMs} />
        </section>
      )}
      {history.data && (all.length > 0 || span !== '24h' || rule) && (
        <section aria-labelledby="history-title">
          <div className="row section-row">
            <h2 id="history-title" className="section-title">
              {t('alerts.history')}
            </h2>
            <span className="grow" />
            <div className="seg" role="group" aria-label={t('alerts.span')}>
              {(Object.keys(spans) as SpanName[]).map((name) => (
                <button key={name} type="button" aria-pressed={name === span} onClick={() => set('span', name)}>
                  {name}
                </button>
              ))}
            </div>
          </div>
          {told.length > 0 ? (
            <>
              <AlertTimeline
                alerts={told}
                fromMs={nowMs - spans[span]}
                toMs={nowMs}
                active={rule}
                onRule={(name) => set('rule', name === rule ? null : name)}
              />
              <AlertTable alerts={told} nowMs={nowMs} />
            </>
          ) : (
            <p className="dim">{t('alerts.noHistory')}</p>
          )}
          {all.length >= historyLimit && <p className="dim">{t('alerts.cut', { count: historyLimit })}</p>}
        </section>
      )}
    </>
  );
}

const isSpan = (text: string | null): text is SpanName => text !== null && text in spans;

function AllQuiet({ isFirst }: { readonly isFirst: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="all-quiet">
      <Empty icon="check" title={t('alerts.quietTitle')}>
        <p>{t('alerts.quietText')}</p>
        {isFirst && (
          <PlaceLink className="btn" to="/rules">
            {t('alerts.quietRules')}
          </PlaceLink>
        )}
      </Empty>
    </div>
  );
}
