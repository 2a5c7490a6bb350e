/** The colour of the n-th series, from the design system. */
export const seriesColor = (index: number): string => `var(--series-${(index % 12) + 1})`;
