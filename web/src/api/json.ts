/**
 * JSON with all 64 bits of an integer: `long` cells may exceed 2^53, where `JSON.parse` alone would round them.
 */

/** Private-use character that marks a number kept as text; a string that itself begins with it is escaped by doubling. */
const mark = '\uE0F0';
const risky = /[[:,\s]-?\d{16,}/;
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

interface ReviverContext {
  readonly source?: string;
}

/** True where the engine hands a reviver the source text of each primitive (Chromium 114, Firefox 135, Safari 18.4). */
const hasSource = (() => {
  let found = false;
  JSON.parse('1', ((_key: string, value: unknown, context?: ReviverContext) => {
    found = context?.source === '1';
    return value;
  }) as (this: unknown, key: string, value: unknown) => unknown);
  return found;
})();

/** Parses JSON; integers that a double cannot hold exactly become bigint. */
export function parseJson(text: string, useSource = hasSource): unknown {
  if (!risky.test(text)) {
    return JSON.parse(text);
  }

  return useSource ? parseWithSource(text) : parseMarked(text);
}

function parseWithSource(text: string): unknown {
  const revive = (_key: string, value: unknown, context?: ReviverContext): unknown =>
    typeof value === 'number' && !Number.isSafeInteger(value) && context?.source && isInteger(context.source)
      ? BigInt(context.source)
      : value;
  return JSON.parse(text, revive as (this: unknown, key: string, value: unknown) => unknown);
}

function parseMarked(text: string): unknown {
  const marked = text.replace(token, (found) => {
    if (found.startsWith('"')) {
      return found.startsWith(`"${mark}`) ? `"${mark}${found.slice(1)}` : found;
    }

    return isInteger(found) && !Number.isSafeInteger(Number(found)) ? `"${mark}${found}"` : found;
  });
  return JSON.parse(marked, (_key, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith(mark)) {
      return value;
    }

    const rest = value.slice(mark.length);
    return rest.startsWith(mark) ? rest : BigInt(rest);
  });
}

function isInteger(text: string): boolean {
  return /^-?\d+$/.test(text);
}

/** The inverse: bigint is written as a plain number, every digit kept. */
export function stringifyJson(value: unknown, indent?: number): string {
  return write(value, indent ? ' '.repeat(indent) : '', '');
}

function write(value: unknown, step: string, margin: string): string {
  if (typeof value === 'bigint') {
    return value.toString();
  }

  if (value === null || typeof value !== 'object') {
    return JSON.stringify(value) ?? 'null';
  }

  const inner = margin + step;
  const isArray = Array.isArray(value);
  const parts = isArray
    ? value.map((item) => write(item, step, inner))
    : Object.entries(value).map(
        ([key, item]) => `${JSON.stringify(key)}:${step ? ' ' : ''}${write(item, step, inner)}`,
      );
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) {
    return open + close;
  }

  return step ? `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}` : open + parts.join(',') + close;
}
