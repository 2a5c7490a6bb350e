import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Icon, type IconName } from './Icon';

interface PopoverProps {
  readonly label: ReactNode;
  readonly icon?: IconName;
  readonly ariaLabel?: string;
  readonly className?: string;
  readonly align?: 'start' | 'end';
  readonly hasChevron?: boolean;
  readonly children: (close: () => void) => ReactNode;
}

/** A button and the panel it opens. Escape and a click elsewhere close it; focus returns to the button. */
export function Popover({
  label,
  icon,
  ariaLabel,
  className = 'btn',
  align = 'start',
  hasChevron,
  children,
}: PopoverProps) {
  const [isOpen, setIsOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panelId = useId();

  useEffect(() => {
    if (!isOpen) {
      return;
    }

    const onPointer = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) {
        setIsOpen(false);
      }
    };
    document.addEventListener('pointerdown', onPointer);
    root.current?.querySelector<HTMLElement>('.popover-panel [data-autofocus], .popover-panel button')?.focus();
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [isOpen]);

  const close = () => {
    setIsOpen(false);
    button.current?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only catches Escape on its way up from the controls inside
    <div
      className="popover"
      ref={root}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isOpen) {
          event.stopPropagation();
          close();
        } else if (isOpen) {
          moveFocus(event.key, root.current) && event.preventDefault();
        }
      }}
    >
      <button
        ref={button}
        type="button"
        className={className}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        aria-controls={isOpen ? panelId : undefined}
        aria-label={label === '' ? ariaLabel : undefined}
        title={ariaLabel}
        onClick={() => setIsOpen(!isOpen)}
      >
        {icon && <Icon name={icon} />}
        {label}
        {hasChevron && <Icon name="chevron" size={12} />}
      </button>
      {isOpen && (
        <div id={panelId} role="dialog" aria-label={ariaLabel} className={`popover-panel align-${align}`}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

function moveFocus(key: string, root: HTMLElement | null): boolean {
  if ((key !== 'ArrowDown' && key !== 'ArrowUp') || document.activeElement instanceof HTMLInputElement) {
    return false;
  }

  const items = Array.from(root?.querySelectorAll<HTMLElement>('.popover-panel .menu-item') ?? []);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = items[(at + (key === 'ArrowDown' ? 1 : -1) + items.length) % Math.max(items.length, 1)];
  next?.focus();
  return next !== undefined;
}
