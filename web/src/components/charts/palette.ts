import { levelOf } from '../../lang/levels';

/** The colour of a series: a level has its own everywhere, others follow the order of the design system. */
export function seriesColor(index: number, name: string): string {
  const level = levelOf(name);
  return level === 'other' ? `var(--series-${(index % 12) + 1})` : `var(--${level}-fill)`;
}
