import { randomBytes } from 'node:crypto';

/** The API key of the administrator that every server of this process is set up with. */
export const API_KEY = `sat.default.checks.${randomBytes(24).toString('hex')}`;

/** The header that carries it. */
export const AS_ADMINISTRATOR = { 'x-api-key': API_KEY } as const;
