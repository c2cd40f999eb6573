import { type AuditEventResponse, BUILT_IN_ROLES, PERMISSIONS, permissionSchema } from '@wardline/contracts';
import { RESOURCE_WORDS } from './words.ts';

/** An event as a sentence: who, did what, to what. `object` is a name or an ID, to be set apart; empty for none. */
export interface Sentence {
  readonly actor: string;
  readonly deed: string;
  readonly object: string;
  /** What follows the object. */
  readonly rest: string;
}

type Event = Pick<AuditEventResponse, 'authenticationInfo' | 'resource' | 'action' | 'outcome' | 'details'>;

/** Who did it, by name. */
function actorOf({
  authenticationInfo: { principal, labels },
  details,
}: Pick<Event, 'authenticationInfo' | 'details'>): string {
  switch (principal.type) {
    case 'SYSTEM':
      return 'The server';
    case 'ANONYMOUS':
      return details.by === 'setup link' ? 'Whoever had the setup link' : 'Somebody unknown';
    case 'USER':
    case 'SERVICE_ACCOUNT':
      return labels.username || principal.identifier;
  }
}

/**
 * What an event is about, by name. Nobody knows a role assignment by its ID; its name says which role and who, as in
 * `_account_viewer for Ada`.
 */
function objectOf({ type, identifier, labels: { resourceName } }: Event['resource']): string {
  if (type !== 'ROLE_ASSIGNMENT') return resourceName ?? identifier;
  const [role = '', ...holder] = (resourceName ?? '').split(' for ');
  const builtIn = Object.entries(BUILT_IN_ROLES).find(([id]) => id === role)?.[1];
  return builtIn ? [builtIn.name, ...holder].join(' for ') : (resourceName ?? '');
}

function aboutOneself({ authenticationInfo: { principal }, resource }: Event): boolean {
  return principal.type === 'USER' && principal.identifier === resource.identifier;
}

/** A right in words; what is no right of this version stays as it is. */
function rightOf(permission: unknown): string {
  const known = permissionSchema.safeParse(permission);
  return known.success ? `“${PERMISSIONS[known.data].title}”` : String(permission ?? 'a right');
}

/** Puts an event into words. */
export function sentenceOf(event: Event): Sentence {
  const { resource, details } = event;
  const actor = actorOf(event);
  const object = objectOf(resource);
  const noun = RESOURCE_WORDS[resource.type];
  const say = (deed: string, named: string = object, rest = ''): Sentence => ({ actor, deed, object: named, rest });
  const failed = event.outcome === 'SUCCESS' ? '' : event.outcome === 'DENIED' ? ', refused' : ', which failed';

  switch (event.action) {
    case 'CREATE':
      return say(`created ${noun}`, object, failed);
    case 'UPDATE':
      return updated(event, say);
    case 'DELETE':
      return resource.type === 'SESSION'
        ? say('ended a session of', object, failed)
        : say(`deleted ${noun}`, object, failed);
    case 'INVITE':
      return details.link === 'setup' ? say('made the setup link', '') : say(`invited ${noun}`);
    case 'LOGIN':
      return details.waitsFor
        ? say('gave the password of', object, `, and has yet to show the ${details.waitsFor}`)
        : say('signed in', '', viaOf(details.method));
    case 'LOGIN2FA':
      return say('signed in with a second factor', '', viaOf(details.method));
    case 'UNSUCCESSFUL_LOGIN':
      return say('failed to sign in', '', object ? ` as ${object}` : '');
    case 'ADD_MEMBERSHIP':
      return say(`let ${details.user ?? 'a user'} into ${noun}`);
    case 'REMOVE_MEMBERSHIP':
      return say(`took ${details.user ?? 'a user'} out of ${noun}`);
    case 'CREATE_TOKEN':
      return say(`made ${noun}`);
    case 'REVOKE_TOKEN':
      return say(`revoked ${noun}`);
    case 'ROLE_ASSIGNMENT_CREATED':
      return say(object ? 'gave a role:' : 'gave a role');
    case 'ROLE_ASSIGNMENT_UPDATED':
      return say(object ? 'changed a role assignment:' : 'changed a role assignment');
    case 'ROLE_ASSIGNMENT_DELETED':
      return say(object ? 'took a role away:' : 'took a role away');
    case 'LOGOUT':
      return aboutOneself(event) ? say('signed out', '') : say('ended all sessions of');
    case 'TEST':
      return say(`tested ${noun}`, object, failed);
    case 'READ_VALUE':
      return say(`read the value of ${noun}`, object, failed);
    case 'ACCESS_DENIED':
      return say('was refused', '', deniedOf(event, object && `${noun} ${object}`));
    case 'AUTHENTICATION_FAILED':
      return say('was refused', '', ', without a valid identity');
    case 'VERIFY':
      return say('verified the audit log', '', event.outcome === 'SUCCESS' ? '' : ', which is broken');
    case 'EXPORT':
      return say(
        event.resource.type === 'SECRET' ? 'exported secrets, encrypted as they are stored' : 'exported the audit log',
        '',
      );
    case 'PRUNE':
      return say('removed old events from the audit log', '', event.outcome === 'SUCCESS' ? '' : ', which is broken');
    case 'REWRAP':
      return rewrapped(event, say);
    case 'PROVE':
      return event.outcome === 'SUCCESS'
        ? say('could read again what is stored of', object)
        : say('could not read what is stored of', object);
  }
}

/** Of one secret that was encrypted anew, or of a whole rewrap that began or ended. */
function rewrapped(
  { resource, details }: Event,
  say: (deed: string, object?: string, rest?: string) => Sentence,
): Sentence {
  if (resource.type === 'SECRET')
    return say('encrypted anew the secret', undefined, ` under ${details.to ?? 'its key'}`);
  switch (details.phase) {
    case 'started':
      return say('began to encrypt anew the secrets of', undefined, ` under ${details.to ?? 'its key'}`);
    case 'cancelled':
      return say('cancelled encrypting anew the secrets of');
    default:
      return say(
        'encrypted anew the secrets of',
        undefined,
        details.failed ? `, ${details.failed} of which failed` : '',
      );
  }
}

/** Which right was missing, and for what, where the event tells. */
function deniedOf({ resource, details: { permission } }: Event, entity: string): string {
  if (!permission) return '';
  const lacking = `, lacking ${rightOf(permission)}`;
  return entity && resource.type !== 'ACCOUNT' ? `${lacking} for ${entity}` : lacking;
}

const viaOf = (method: unknown): string => (typeof method === 'string' ? ` by ${method}` : '');

function updated(event: Event, say: (deed: string, object?: string, rest?: string) => Sentence): Sentence {
  const { resource, details } = event;
  const oneself = aboutOneself(event);
  if (details.link === 'password-reset') return say('made a password reset link for');
  if (typeof details.changed === 'string') {
    return oneself ? say(`changed their ${details.changed}`, '') : say(`changed the ${details.changed} of`);
  }
  return oneself ? say('changed their account', '') : say(`changed ${RESOURCE_WORDS[resource.type]}`);
}
