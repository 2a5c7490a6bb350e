import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkQuery } from '../../api/client';
import { openTail } from '../../api/tail';
import type { Column, Row } from '../../api/types';
import { formatCount } from '../../lang/format';
import type { TailRows } from '../../state/useResult';
import { Icon } from '../Icon';
import { Empty } from '../Notice';

/** Rows kept at most, on screen and waiting; older ones go. */
const maxRows = 5000;
/** Rows are drawn in steps, not one by one: the eye cannot follow more, and the page stays smooth. */
const flushMs = 120;

interface TailViewProps {
  readonly query: string;
  /** True while the reader has scrolled away from the newest rows: new ones wait. */
  readonly isAway: boolean;
  readonly onRows: (rows: TailRows) => void;
  readonly onResume: () => void;
  readonly onStop: () => void;
}

/** Follows new rows; hands them on newest first, and says how it is going. */
export function TailView({ query, isAway, onRows, onResume, onStop }: TailViewProps) {
  const { t, i18n } = useTranslation();
  const [connection, setConnection] = useState<'connecting' | 'open' | 'reconnecting' | 'closed'>('connecting');
  const [dropped, setDropped] = useState(0);
  const [waiting, setWaiting] = useState(0);
  const [isPaused, setIsPaused] = useState(false);
  const [received, setReceived] = useState(0);
  const isHeld = isAway || isPaused;
  // A refused event stream tells the browser no reason; the check of the query does.
  const check = useQuery({
    queryKey: ['check', query],
    enabled: connection === 'closed',
    queryFn: ({ signal }) => checkQuery(query, signal),
  });
  const reason = check.data && !check.data.ok ? check.data.error.message : null;
  const held = useRef(isHeld);
  held.current = isHeld;
  const report = useRef(onRows);
  report.current = onRows;

  useEffect(() => {
    let columns: readonly Column[] = [];
    let rows: Row[] = [];
    let fresh: Row[] = [];
    let total = 0;
    setDropped(0);
    report.current({ columns: [], rows: [] });
    const close = openTail(query, {
      onSchema: (next) => {
        columns = next;
        report.current({ columns, rows });
      },
      onRows: (more) => {
        total += more.length;
        fresh.push(...more);
        if (fresh.length > maxRows) {
          fresh = fresh.slice(-maxRows);
        }
      },
      onDropped: (count) => setDropped((sum) => sum + count),
      onState: setConnection,
    });
    const timer = setInterval(() => {
      setReceived(total);
      if (held.current) {
        setWaiting(fresh.length);
      } else if (fresh.length > 0) {
        rows = [...fresh.reverse(), ...rows].slice(0, maxRows);
        fresh = [];
        setWaiting(0);
        report.current({ columns, rows });
      }
    }, flushMs);
    return () => {
      close();
      clearInterval(timer);
    };
  }, [query]);

  return (
    <div className="tail-bar" role="status">
      <span className={`tail-dot is-${isHeld ? 'paused' : connection}`} />
      <b>{t(isHeld ? 'tail.paused' : `tail.${connection}`)}</b>
      <span className="dim nums">{t('tail.received', { total: formatCount(received, i18n.language) })}</span>
      {dropped > 0 && (
        <span className="badge state-pending">
          <Icon name="warning" size={12} /> {t('tail.dropped', { total: formatCount(dropped, i18n.language) })}
        </span>
      )}
      {connection === 'closed' && reason && <span className="form-error">{reason}</span>}
      <span className="grow" />
      {isHeld && (
        <button
          type="button"
          className="btn primary small"
          onClick={() => {
            setIsPaused(false);
            onResume();
          }}
        >
          <Icon name="up" size={13} />{' '}
          {waiting > 0 ? t('tail.showNew', { total: formatCount(waiting, i18n.language) }) : t('tail.resume')}
        </button>
      )}
      {!isHeld && (
        <button type="button" className="btn small" onClick={() => setIsPaused(true)}>
          <Icon name="pause" size={13} /> {t('tail.pause')}
        </button>
      )}
      <button type="button" className="btn small" onClick={onStop}>
        <Icon name="stop" size={12} /> {t('tail.stop')}
      </button>
    </div>
  );
}

/** What stands in the grid's place until the first row comes. */
export function TailWaiting() {
  const { t } = useTranslation();
  return (
    <Empty icon="live" title={t('tail.waitingTitle')}>
      <p>{t('tail.waitingText')}</p>
    </Empty>
  );
}
