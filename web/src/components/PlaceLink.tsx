import type { ReactNode } from 'react';
import { navigate } from '../state/location';

interface PlaceLinkProps {
  readonly to: string;
  readonly className?: string;
  readonly isCurrent?: boolean;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A link within the program. With a modifier key it opens elsewhere, as links do. */
export function PlaceLink({ to, className, isCurrent, title, children }: PlaceLinkProps) {
  return (
    <a
      href={to}
      className={className}
      title={title}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={(event) => {
        if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
          event.preventDefault();
          navigate(to);
        }
      }}
    >
      {children}
    </a>
  );
}
