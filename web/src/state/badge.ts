/** The number of firing alerts in the title and on the icon of the tab. */

const flame =
  'M16.400 1.800c.9 3.300 5.900 6 5.900 11.100 0 3.700-2.800 6.300-6.300 6.300s-6.300-2.600-6.300-6.100c0-2.500 1.300-4.100 2.500-5.600.2 1.500.8 2.500 1.800 3.100-.3-3.500.5-6.600 2.400-8.800z';
const stone = 'M8.500 21.300h15l.7 3H7.800zM7.200 25.800h17.600l1.200 4.400H6z';

export function showBadge(firingCount: number, title: string): void {
  document.title = firingCount > 0 ? `(${firingCount}) ${title}` : title;
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link) {
    link.href = firingCount > 0 ? `data:image/svg+xml,${encodeURIComponent(badgeIcon(firingCount))}` : '/favicon.svg';
  }
}

function badgeIcon(count: number): string {
  const text = count > 9 ? '9+' : String(count);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#e2571e" d="${flame}"/>` +
    `<path fill="#8a8378" d="${stone}"/><circle cx="23" cy="9" r="9" fill="#c5281c"/>` +
    `<text x="23" y="13.500" font-family="sans-serif" font-size="13" font-weight="700" fill="#fff" text-anchor="middle">${text}</text></svg>`
  );
}
