import {
  IconApi,
  IconFlask,
  IconHistory,
  IconKey,
  IconPlugConnected,
  IconServer2,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import { useMayViewAccess } from '../features/access-control/use-may-view-access.ts';
import { useMay } from '../features/identity/use-may.ts';
import { useSettings } from '../features/settings/api/get-settings.ts';
import { PlainLink } from '../ui/links.tsx';
import classes from './navigation.module.css';

/** The ways to every screen that one may see. The simulator is listed where it is on. */
export function Navigation() {
  const { data: settings } = useSettings();
  const mayViewConnectors = useMay('core_connector_view');
  const maySeeSecrets = useMay('core_secret_view');
  const mayViewDelegates = useMay('core_delegate_view');
  const mayViewAccess = useMayViewAccess();
  const mayViewAudit = useMay('core_audit_view');
  return (
    <nav aria-label="Main" className={classes.nav}>
      <ul className={classes.list}>
        <li>
          <PlainLink to="/settings" activeOptions={{ exact: true }} className={classes.entry}>
            <IconSettings size={17} stroke={1.7} aria-hidden />
            Settings
          </PlainLink>
        </li>
        {mayViewConnectors && (
          <li>
            <PlainLink to="/settings/connectors" activeOptions={{ includeSearch: false }} className={classes.entry}>
              <IconPlugConnected size={17} stroke={1.7} aria-hidden />
              Connectors
            </PlainLink>
          </li>
        )}
        {maySeeSecrets && (
          <li>
            <PlainLink to="/settings/secrets" activeOptions={{ includeSearch: false }} className={classes.entry}>
              <IconKey size={17} stroke={1.7} aria-hidden />
              Secrets
            </PlainLink>
          </li>
        )}
        {mayViewDelegates && (
          <li>
            <PlainLink to="/settings/delegates" className={classes.entry}>
              <IconServer2 size={17} stroke={1.7} aria-hidden />
              Delegates
            </PlainLink>
          </li>
        )}
        {mayViewAccess && (
          <li>
            <PlainLink to="/settings/access-control" className={classes.entry}>
              <IconUsers size={17} stroke={1.7} aria-hidden />
              Access control
            </PlainLink>
          </li>
        )}
        {mayViewAudit && (
          <li>
            <PlainLink to="/settings/audit" activeOptions={{ includeSearch: false }} className={classes.entry}>
              <IconHistory size={17} stroke={1.7} aria-hidden />
              Audit log
            </PlainLink>
          </li>
        )}
        <li>
          <a href="/api/docs" className={classes.entry}>
            <IconApi size={17} stroke={1.7} aria-hidden />
            API reference
          </a>
        </li>
        {settings?.simulator && (
          <li>
            <PlainLink to="/settings/simulator" className={classes.entry}>
              <IconFlask size={17} stroke={1.7} aria-hidden />
              Simulator
            </PlainLink>
          </li>
        )}
      </ul>
      {settings && (
        <p className={classes.foot}>
          Account <span className="wl-mono">{settings.accountIdentifier}</span>
          <br />
          Wardline {settings.version}
        </p>
      )}
    </nav>
  );
}
