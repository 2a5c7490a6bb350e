import { useEffect, useRef } from 'react';

type Action = () => unknown;

const sequenceMs = 1200;

/**
 * Keys that act wherever the focus is, except where one writes. A name of two letters (`g e`) is a sequence.
 * Escape acts in text fields too: it leaves them.
 */
export function useKeys(actions: Readonly<Record<string, Action>>): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    let prefix = '';
    let prefixAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        document.querySelector('dialog[open]')
      ) {
        return;
      }

      const target = event.target as HTMLElement;
      if (writes(target)) {
        if (event.key === 'Escape' && target instanceof HTMLInputElement) {
          target.blur();
        }

        return;
      }

      if (activates(event.key, target)) {
        return;
      }

      const isSequence = prefix !== '' && event.timeStamp - prefixAt < sequenceMs;
      const action = (isSequence && latest.current[`${prefix} ${event.key}`]) || latest.current[event.key];
      prefix = event.key.length === 1 ? event.key : '';
      prefixAt = event.timeStamp;
      if (action) {
        event.preventDefault();
        prefix = '';
        action();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function writes(target: HTMLElement): boolean {
  const isToggle = target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio');
  return (
    (!isToggle && target.matches('input, textarea, select')) ||
    target.isContentEditable ||
    target.closest('.monaco-editor') !== null
  );
}

/** Enter and arrows belong to the control that has the focus. */
function activates(key: string, target: HTMLElement): boolean {
  return (
    (key === 'Enter' && target.matches('a, button, summary')) ||
    (key.startsWith('Arrow') && target.closest('.popover-panel') !== null)
  );
}
