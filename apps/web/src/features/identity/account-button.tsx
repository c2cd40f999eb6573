import { UnstyledButton, type UnstyledButtonProps } from '@mantine/core';
import type { WhoAmI } from '@wardline/contracts';
import { type ComponentPropsWithRef, lazy, Suspense, useState } from 'react';
import classes from './account-button.module.css';

const loadMenu = () => import('./account-menu.tsx');
const AccountMenu = lazy(async () => ({ default: (await loadMenu()).AccountMenu }));

/** Up to two letters that stand for a person. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => Array.from(word ?? '')[0] ?? '').join('');
}

/** The button with the initials of whoever is signed in. Its menu is loaded when it is first wanted. */
export function AccountButton({ me }: { readonly me: WhoAmI }) {
  const [wanted, setWanted] = useState(false);
  const face = <Face name={me.principal.name} onClick={() => setWanted(true)} onPointerEnter={() => void loadMenu()} />;
  if (!wanted) return face;
  return (
    <Suspense fallback={face}>
      <AccountMenu me={me} renderTarget={(ref) => <Face ref={ref} name={me.principal.name} />} />
    </Suspense>
  );
}

type FaceProps = { readonly name: string } & UnstyledButtonProps & ComponentPropsWithRef<'button'>;

function Face({ name, ...rest }: FaceProps) {
  return (
    <UnstyledButton
      {...rest}
      className={classes.face}
      aria-label={`Your account: ${name}`}
      aria-haspopup="menu"
      data-initials={initialsOf(name).toUpperCase()}
    />
  );
}
