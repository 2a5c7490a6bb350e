import { useEffect, useState } from 'react';
import { type BacktestProgress, type BacktestResult, backtest } from '../../api/rules';

/** Typing stops for so long before the rule is tried. */
const pauseMs = 700;

export interface BacktestRun {
  readonly result: BacktestResult | null;
  readonly progress: BacktestProgress | null;
  readonly error: Error | null;
  readonly isRunning: boolean;
}

interface Wanted {
  readonly file: string;
  /** Null where there is nothing to try: the text is wrong. */
  readonly text: string | null;
  readonly before: string | null;
  /** So long back from now, or from when to when. */
  readonly span: number | { readonly fromMs: number; readonly toMs: number };
  readonly byEventTime: boolean;
}

const isoTime = (ms: number) => new Date(ms).toISOString();
const idle: BacktestRun = { result: null, progress: null, error: null, isRunning: false };

/** Tries a rule on stored rows whenever its text or the span changes; the run before is given up. */
export function useBacktest({ file, text, before, span, byEventTime }: Wanted): BacktestRun {
  const [run, setRun] = useState(idle);
  useEffect(() => {
    if (text === null) {
      return;
    }

    const stop = new AbortController();
    const timer = setTimeout(() => {
      setRun((old) => ({ ...old, progress: null, isRunning: true }));
      backtest(
        {
          file,
          text,
          ...(before !== null && before !== text && { before }),
          ...(typeof span === 'number'
            ? { from: isoTime(Date.now() - span) }
            : { from: isoTime(span.fromMs), to: isoTime(span.toMs) }),
          byEventTime,
        },
        (progress) => setRun((old) => ({ ...old, progress })),
        stop.signal,
      ).then(
        (result) => setRun({ result, progress: null, error: null, isRunning: false }),
        (error: Error) => {
          if (!stop.signal.aborted) {
            setRun({ ...idle, error });
          }
        },
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [file, text, before, span, byEventTime]);
  return run;
}
