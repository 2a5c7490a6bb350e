/** Queries run in this browser, newest first. Bounded; kept in local storage only. */

export interface PastQuery {
  readonly kql: string;
  readonly atMs: number;
}

const storageKey = 'bongsu.history';
const maxEntries = 50;
/** Longer texts are not remembered: fifty of them would fill the browser's storage. */
const maxCharacters = 20_000;

export function readHistory(): readonly PastQuery[] {
  try {
    const entries = JSON.parse(localStorage.getItem(storageKey) ?? '[]') as unknown;
    return Array.isArray(entries) ? entries.filter(isPastQuery) : [];
  } catch {
    return []; // storage may be forbidden or hold what another version wrote
  }
}

const isPastQuery = (entry: Partial<PastQuery> | null): entry is PastQuery =>
  typeof entry?.kql === 'string' && typeof entry.atMs === 'number';

/** The history with one more query in front; the same text is never there twice. */
export function withEntry(history: readonly PastQuery[], entry: PastQuery): readonly PastQuery[] {
  if (entry.kql.trim() === '' || entry.kql.length > maxCharacters) {
    return history;
  }

  return [entry, ...history.filter(({ kql }) => kql !== entry.kql)].slice(0, maxEntries);
}

export function remember(kql: string, atMs: number): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(withEntry(readHistory(), { kql, atMs })));
  } catch {
    // Full or forbidden storage: history is a convenience, the query itself goes on.
  }
}

export function clearHistory(): void {
  try {
    localStorage.removeItem(storageKey);
  } catch {
    // As above.
  }
}
