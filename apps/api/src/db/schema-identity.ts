import type { PrincipalType } from '@wardline/contracts';
import type { ScopedRow } from './schema.ts';

/** Who there is and what they may do. */
export interface IdentityTables {
  users: UserRow;
  sessions: SessionRow;
  accounts: AccountRow;
  verifications: OwnedRow & { identifier: string; value: string; expires_at: string };
  two_factors: TwoFactorRow;
  used_codes: { user_id: string; code: string; used_at: string };
  one_time_links: OneTimeLinkRow;
  service_accounts: ServiceAccountRow;
  api_keys: ApiKeyRow;
  tokens: TokenRow;
  roles: RoleRow;
  user_groups: ScopedRow;
  user_group_members: { group_id: string; user_id: string };
  role_assignments: RoleAssignmentRow;
}

interface OwnedRow {
  id: string;
  created_at: string;
  updated_at: string;
}

interface UserRow extends OwnedRow {
  email: string;
  name: string;
  email_verified: 0 | 1;
  image: string | null;
  two_factor_enabled: 0 | 1 | null;
  disabled: 0 | 1;
  last_sign_in_at: string | null;
}

export interface SessionRow extends OwnedRow {
  user_id: string;
  /** What the cookie carries, signed there under a key that the database has not. */
  token: string;
  expires_at: string;
  ip_address: string | null;
  user_agent: string | null;
}

/** How a user signs in: by password, or at a provider of single sign-on. */
interface AccountRow extends OwnedRow {
  user_id: string;
  account_id: string;
  provider_id: string;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: string | null;
  refresh_token_expires_at: string | null;
  scope: string | null;
  /** scrypt, with its salt. */
  password: string | null;
}

interface TwoFactorRow {
  id: string;
  user_id: string;
  /** Encrypted. */
  secret: string;
  backup_codes: string;
  verified: 0 | 1 | null;
  failed_verification_count: number | null;
  locked_until: string | null;
}

interface OneTimeLinkRow {
  id: string;
  purpose: 'setup' | 'invitation' | 'password-reset';
  user_id: string | null;
  /** Who made it; null for the server. */
  issuer_type: 'USER' | 'SERVICE_ACCOUNT' | null;
  issuer_id: string | null;
  /** Hexadecimal SHA-256 of the 256-bit token. */
  token_hash: string;
  expires_at: string;
  created_at: string;
}

export interface ServiceAccountRow extends ScopedRow {
  email: string;
}

/** A named holder of tokens. */
export interface ApiKeyRow extends OwnedRow {
  owner_type: 'USER' | 'SERVICE_ACCOUNT';
  owner_id: string;
  identifier: string;
  name: string;
  description: string;
  tags: string;
  /** Milliseconds. */
  default_time_to_expire: number | null;
}

/** What a program sends as `x-api-key`. */
export interface TokenRow extends OwnedRow {
  api_key_id: string;
  identifier: string;
  name: string;
  description: string;
  tags: string;
  /** Hexadecimal SHA-256 of the secret part. */
  secret_hash: string;
  valid_from: string;
  /** Null for a token that does not expire. */
  valid_to: string | null;
  /** A rotated token stays valid until then. */
  scheduled_expire_at: string | null;
  last_used_at: string | null;
}

export interface RoleRow extends ScopedRow {
  /** JSON array of contracts' Permission. */
  permissions: string;
}

export interface RoleAssignmentRow extends OwnedRow {
  org_id: string;
  project_id: string;
  identifier: string;
  role_identifier: string;
  role_org_id: string;
  role_project_id: string;
  principal_type: PrincipalType;
  principal_id: string;
  /** As the client named it; there is one, under two names. */
  resource_group: string;
  disabled: 0 | 1;
}
