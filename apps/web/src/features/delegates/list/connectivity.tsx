import type { DelegateGroup } from '@wardline/contracts';
import { StatusWord } from '../../../ui/status-word.tsx';

/** Whether a delegate can be given work, and how many of its replicas. */
export function Connectivity({ group }: { readonly group: DelegateGroup }) {
  const all = group.delegateInstanceDetails.length;
  const connected = group.delegateInstanceDetails.filter(({ activelyConnected }) => activelyConnected).length;
  switch (group.connectivityStatus) {
    case 'connected':
      return <StatusWord tone="success">{all > 1 ? `${all} connected` : 'Connected'}</StatusWord>;
    case 'partially connected':
      return (
        <StatusWord tone="warning">
          {connected} of {all} connected
        </StatusWord>
      );
    case 'disconnected':
      return <StatusWord tone="failure">Disconnected</StatusWord>;
  }
}
