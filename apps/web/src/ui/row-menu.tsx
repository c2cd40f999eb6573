import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconDots } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';

/** What can be done with an item of a list. */
export interface RowDeed {
  readonly label: string;
  readonly icon: ReactNode;
  /** Called with the button that opened the menu: what gets the focus back when a dialog closes. */
  readonly onSelect: (button: HTMLButtonElement | null) => void;
  /** It takes something away; stands apart, at the end. */
  readonly destructive?: boolean;
  /** Why it can't be done; undefined where it can. */
  readonly unavailable?: string | undefined;
}

interface Props {
  /** What the item is called, for the button's label. */
  readonly name: string;
  /** Three dots in a row; a button with a word at the head of a page. */
  readonly looks?: 'dots' | 'button';
  readonly deeds: readonly RowDeed[];
}

/** The menu at the end of a row; nothing where there is nothing to do. */
export function RowMenu({ name, deeds, looks = 'dots' }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  if (deeds.length === 0) return null;
  const ordinary = deeds.filter(({ destructive }) => !destructive);
  const destructive = deeds.filter((deed) => deed.destructive);
  const item = (deed: RowDeed) => (
    <DeedItem key={deed.label} deed={deed} onSelect={() => deed.onSelect(button.current)} />
  );
  return (
    <Menu position="bottom-end" width={230} withinPortal>
      <Menu.Target>
        {looks === 'dots' ? (
          <ActionIcon ref={button} aria-label={`Actions for ${name}`} size="lg">
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        ) : (
          <Button ref={button} variant="default" rightSection={<IconChevronDown size={15} aria-hidden />}>
            Actions
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {ordinary.map(item)}
        {ordinary.length > 0 && destructive.length > 0 && <Menu.Divider />}
        {destructive.map(item)}
      </Menu.Dropdown>
    </Menu>
  );
}

function DeedItem({ deed, onSelect }: { readonly deed: RowDeed; readonly onSelect: () => void }) {
  const { label, icon, destructive = false, unavailable } = deed;
  return (
    <Menu.Item
      leftSection={icon}
      disabled={unavailable !== undefined}
      onClick={onSelect}
      {...(destructive && { c: 'var(--wl-failure)' })}
    >
      {label}
      {unavailable && (
        <Text span display="block" size="xs" c="dimmed">
          {unavailable}
        </Text>
      )}
    </Menu.Item>
  );
}
