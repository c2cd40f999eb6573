import type { Settings } from '@wardline/contracts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import classes from './oidc-claims.module.css';

/** What AWS sees in Wardline's tokens: for the OIDC provider, and for the role's trust policy. */
export function OidcClaims({ oidc }: { readonly oidc: Settings['oidc'] }) {
  const rows = [
    ['Issuer', oidc.issuer],
    ['Audience', oidc.audience],
    ['Subject', oidc.subject],
  ] as const;
  return (
    <dl className={classes.claims}>
      {rows.map(([name, value]) => (
        <div key={name} className={classes.row}>
          <dt>{name}</dt>
          <dd>
            <span className="wl-mono">{value}</span>
            <CopyButton value={value} what={name.toLowerCase()} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
