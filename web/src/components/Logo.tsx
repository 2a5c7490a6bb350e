/** The mark: a beacon tower with its fire lit. */
export function Logo({ size = 26 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false" className="logo">
      <path
        className="logo-flame"
        d="M16.400 1.800c.9 3.300 5.900 6 5.900 11.100 0 3.700-2.800 6.300-6.300 6.300s-6.300-2.600-6.300-6.100c0-2.500 1.300-4.100 2.500-5.600.2 1.500.8 2.500 1.800 3.100-.3-3.500.5-6.600 2.400-8.800z"
      />
      <path
        className="logo-core"
        d="M16.200 10.600c.6 1.700 2.800 2.700 2.800 5a2.900 2.900 0 0 1-5.800 0c0-1.500.9-2.300 1.600-3.200.2.700.5 1.100.9 1.300-.1-1.200 0-2.200.5-3.100z"
      />
      <path className="logo-stone" d="M8.500 21.300h15l.7 3H7.800zM7.200 25.800h17.600l1.200 4.400H6z" />
    </svg>
  );
}
