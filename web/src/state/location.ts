import { useSyncExternalStore } from 'react';

/** The part of the address the program lives in: the page and its parameters. */
export interface Place {
  readonly path: string;
  readonly search: string;
}

const listeners = new Set<() => void>();
let current = read();

function read(): Place {
  return typeof window === 'undefined'
    ? { path: '/', search: '' }
    : { path: window.location.pathname, search: window.location.search };
}

function changed(): void {
  current = read();
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    window.addEventListener('popstate', changed);
  }

  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      window.removeEventListener('popstate', changed);
    }
  };
}

/** Where the reader is; follows links, back and forward. */
export function usePlace(): Place {
  return useSyncExternalStore(subscribe, () => current);
}

/** Goes to another address of this program. `replace` leaves no step for the back button. */
export function navigate(to: string, options: { readonly replace?: boolean } = {}): void {
  if (to === window.location.pathname + window.location.search) {
    return;
  }

  window.history[options.replace ? 'replaceState' : 'pushState'](null, '', to);
  changed();
}
