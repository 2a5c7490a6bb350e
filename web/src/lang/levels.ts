/** The levels a log row can have, gravest first, and how senders spell them. */
export const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'other'] as const;
export type Level = (typeof levels)[number];

const spellings: Readonly<Record<string, Level>> = {
  fatal: 'fatal',
  critical: 'fatal',
  crit: 'fatal',
  emerg: 'fatal',
  emergency: 'fatal',
  alert: 'fatal',
  panic: 'fatal',
  error: 'error',
  err: 'error',
  severe: 'error',
  warn: 'warn',
  warning: 'warn',
  notice: 'info',
  info: 'info',
  information: 'info',
  informational: 'info',
  debug: 'debug',
  verbose: 'debug',
  trace: 'trace',
};

export function levelOf(value: unknown): Level {
  return typeof value === 'string' ? (spellings[value.trim().toLowerCase()] ?? 'other') : 'other';
}
