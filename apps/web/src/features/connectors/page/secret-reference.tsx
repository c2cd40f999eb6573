import { parseReference } from '@wardline/contracts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { CopyValue } from '../../../ui/copy-value.tsx';
import { AnchorLink } from '../../../ui/links.tsx';
import { useMay } from '../../identity/use-may.ts';
import classes from './page.module.css';

/** A secret that a connector reads, by its reference: the way to its page where it is one of the account. */
export function SecretReference({ reference }: { readonly reference: string }) {
  const maySee = useMay('core_secret_view');
  const secret = parseReference(reference, {});
  if (!maySee || secret?.level !== 'account') return <CopyValue value={reference} what="secret reference" />;
  return (
    <span className={classes.reference}>
      <AnchorLink className="wl-mono" to="/settings/secrets/$secretId" params={{ secretId: secret.identifier }}>
        {reference}
      </AnchorLink>
      <CopyButton value={reference} what="secret reference" />
    </span>
  );
}
