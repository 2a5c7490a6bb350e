import { parseJson } from './json';
import type { Column, Row } from './types';

export interface TailEvents {
  readonly onSchema: (columns: readonly Column[]) => void;
  readonly onRows: (rows: readonly Row[]) => void;
  readonly onDropped: (count: number) => void;
  readonly onState: (state: 'open' | 'reconnecting' | 'closed') => void;
}

/** Follows new rows of a query until the returned function is called. The browser reconnects by itself. */
export function openTail(query: string, events: TailEvents): () => void {
  const source = new EventSource(`/api/tail?query=${encodeURIComponent(query)}`);
  source.addEventListener('open', () => events.onState('open'));
  source.addEventListener('error', () => {
    events.onState(source.readyState === EventSource.CLOSED ? 'closed' : 'reconnecting');
  });
  source.addEventListener('schema', (event) => {
    events.onSchema((parseJson(event.data) as { columns: Column[] }).columns);
  });
  source.addEventListener('rows', (event) => {
    events.onRows((parseJson(event.data) as { rows: Row[] }).rows);
  });
  source.addEventListener('dropped', (event) => {
    events.onDropped((parseJson(event.data) as { count: number }).count);
  });
  return () => source.close();
}
