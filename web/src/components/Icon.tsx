/** Line icons on a 16-unit grid, drawn for this program; they take the colour of the text around them. */
const shapes = {
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.4 10.4 14 14',
  play: 'M4.5 3v10l8.5-5z',
  stop: 'M4 4h8v8H4z',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  copy: 'M5.5 5.5h7.5v8H5.5zM10.5 5.5V2.5H3v8h2.5',
  download: 'M8 2v8M4.8 7 8 10.2 11.2 7M3 13.5h10',
  star: 'M8 2l1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z',
  history: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.5V5h2.5M8 5.2V8l2 1.4',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z',
  system: 'M2.5 3h11v7.5h-11zM6 13.5h4M8 10.5v3',
  globe:
    'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM2 8h12M8 2c2 1.8 2.6 4 2.6 6S10 12.200 8 14C6 12.200 5.400 10 5.400 8S6 3.800 8 2Z',
  help: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM6.300 6.300c.2-1 .9-1.500 1.800-1.500 1 0 1.800.6 1.800 1.600 0 1.300-1.800 1.400-1.800 2.700M8 11.300v.1',
  signOut: 'M9.500 3H3v10h6.500M7 8h7M11.500 5.500 14 8l-2.500 2.500',
  chevron: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  columns: 'M2.500 3h11v10h-11zM6.200 3v10M9.800 3v10',
  wrap: 'M2.500 4h11M2.500 8h8.700a2 2 0 0 1 0 4H8.500M10 10.400 8.400 12 10 13.600M2.500 12h3',
  live: 'M8 6.800a1.200 1.200 0 1 0 0 2.400 1.200 1.200 0 0 0 0-2.400ZM5.200 5.200a4 4 0 0 0 0 5.600M10.800 5.200a4 4 0 0 1 0 5.600M3.200 3.200a6.800 6.800 0 0 0 0 9.600M12.800 3.200a6.800 6.800 0 0 1 0 9.600',
  chart: 'M2.500 13.500h11M4.500 11V7.500M8 11V3M11.500 11V5.500',
  table: 'M2.500 3h11v10h-11zM2.500 6.300h11M2.500 9.600h11M6.500 6.300V13',
  refresh: 'M13 8a5 5 0 1 1-1.600-3.700M13 2.500V5h-2.500',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.800V8l2.200 1.400',
  around: 'M2.500 4h7M2.500 12h7M2.500 8h11M11.500 2.500v3M11.500 13.500v-3',
  trace:
    'M4 3a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3ZM12 10a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3ZM5.500 4.500h3a2 2 0 0 1 2 2v5',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1 1.500H3zM6.800 14h2.400',
  rules: 'M3 4l1 1 2-2M3 8.500l1 1 2-2M3 13l1 1 2-2M8.500 4h5M8.500 8.500h5M8.500 13h5',
  check: 'M3 8.500 6.500 12 13 4.500',
  pause: 'M5.500 3.500v9M10.500 3.500v9',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  sidebar: 'M2.500 3h11v10h-11zM6.500 3v10',
  warning: 'M8 2.500 14.500 13.500h-13zM8 6.500v3.200M8 11.500v.1',
  trash: 'M3 4.500h10M6.500 4.500V3h3v1.500M4.500 4.500l.6 9h5.800l.6-9',
  keyboard: 'M1.500 4.500h13v7h-13zM4 7h.1M6.700 7h.1M9.300 7h.1M12 7h.1M5 9.300h6',
  code: 'M5.500 4.500 2 8l3.500 3.500M10.500 4.500 14 8l-3.500 3.500',
  zoomOut: 'M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9ZM10.400 10.400 14 14M5 7h4',
  zoomIn: 'M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9ZM10.400 10.400 14 14M5 7h4M7 5v4',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  const isSolid = name === 'play' || name === 'stop';
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={shapes[name]}
        fill={isSolid ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
