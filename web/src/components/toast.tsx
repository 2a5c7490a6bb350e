import { useSyncExternalStore } from 'react';

const shownForMs = 2200;
let message: string | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Tells something in passing, for instance that a value was copied. */
export function showToast(text: string): void {
  message = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    message = null;
    emit();
  }, shownForMs);
  emit();
}

function emit(): void {
  for (const listener of listeners) {
    listener();
  }
}

export function Toast() {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => message,
  );
  return (
    <div role="status" aria-live="polite">
      {text && <div className="toast">{text}</div>}
    </div>
  );
}

/** Puts text on the clipboard; where the browser forbids it (plain http), falls back to a selection. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }

  showToast(done);
}
