import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
export type Zone = 'local' | 'utc';

export interface Preferences {
  readonly theme: Theme;
  readonly zone: Zone;
  /** Null until chosen: then the browser's language counts. */
  readonly language: 'en' | 'ko' | null;
  readonly isGuideDismissed: boolean;
  readonly isWrapped: boolean;
  readonly isSideOpen: boolean;
}

const storageKey = 'bongsu.preferences';
const defaults: Preferences = {
  theme: 'system',
  zone: 'local',
  language: null,
  isGuideDismissed: false,
  isWrapped: false,
  isSideOpen: true,
};

const listeners = new Set<() => void>();
let current = load();

function load(): Preferences {
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Preferences>) };
  } catch {
    return defaults; // storage may be forbidden or hold what another version wrote
  }
}

export const getPreferences = (): Preferences => current;

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }

  for (const listener of listeners) {
    listener();
  }
}

export function subscribePreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribePreferences, getPreferences);
}

const darkQuery = '(prefers-color-scheme: dark)';

/** The theme in effect, the system's where none was chosen. */
export function useResolvedTheme(): 'light' | 'dark' {
  const { theme } = usePreferences();
  const isSystemDark = useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(darkQuery);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => window.matchMedia(darkQuery).matches,
  );
  return theme === 'system' ? (isSystemDark ? 'dark' : 'light') : theme;
}
