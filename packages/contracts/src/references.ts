import { z } from 'zod';
import { identifierSchema } from './identifiers.ts';
import { type Scope, type ScopeLevel, scopeLevel } from './scope.ts';

/** A parsed reference: which level it names and the identifier there. */
export interface Reference {
  readonly level: ScopeLevel;
  readonly identifier: string;
}

/** `account.id`, `org.id`, or a bare `id` (same project; at account level the account itself). */
export const referenceSchema = z
  .string()
  .min(1, 'Choose a secret.')
  .max(140)
  .refine((text) => /^((account|org)\.)?[^.]+$/.test(text), {
    error: 'A reference is account.ID, org.ID or ID.',
  })
  .refine((text) => identifierSchema.safeParse(text.slice(text.indexOf('.') + 1)).success, {
    error: 'The ID in this reference is not a valid ID.',
  });

/**
 * Parses a reference as seen from a scope. A bare identifier means the level of that scope.
 * @returns undefined when the text is not a reference.
 */
export function parseReference(
  text: string,
  from: Pick<Scope, 'orgIdentifier' | 'projectIdentifier'>,
): Reference | undefined {
  if (!referenceSchema.safeParse(text).success) return undefined;
  const dot = text.indexOf('.');
  if (dot < 0) return { level: scopeLevel(from), identifier: text };
  return { level: text.slice(0, dot) === 'org' ? 'org' : 'account', identifier: text.slice(dot + 1) };
}

/** Writes a reference the way the wire carries it: a project's own secrets are bare. */
export function formatReference({ level, identifier }: Reference): string {
  return level === 'project' ? identifier : `${level}.${identifier}`;
}

/**
 * The scope that a reference points into, or undefined when it may not be used from there: an entity uses
 * secrets of its own level or above, never below.
 */
export function referencedScope(reference: Reference, from: Scope): Scope | undefined {
  const { accountIdentifier, orgIdentifier } = from;
  switch (reference.level) {
    case 'account':
      return { accountIdentifier };
    case 'org':
      return orgIdentifier ? { accountIdentifier, orgIdentifier } : undefined;
    case 'project':
      return from.projectIdentifier ? from : undefined;
  }
}
