import { type ApiKeyAggregate, type ApiKey as ApiKeyAnswer, NO_EXPIRY, type TokenAggregate } from '@wardline/contracts';
import type { ApiKey, NamedOwner } from './api-key.ts';
import { endOf, type Token } from './token.ts';

/** An API key as the API answers it. */
export function toApiKeyResponse(key: ApiKey, owner: NamedOwner, accountId: string): ApiKeyAnswer {
  return { ...described(key, owner, accountId), defaultTimeToExpireToken: key.defaultTimeToExpire ?? null };
}

export function toApiKeyAggregate(
  { key, tokens }: { readonly key: ApiKey; readonly tokens: number },
  owner: NamedOwner,
  accountId: string,
): ApiKeyAggregate {
  return {
    apiKey: toApiKeyResponse(key, owner, accountId),
    createdAt: Date.parse(key.createdAt),
    lastModifiedAt: Date.parse(key.updatedAt),
    tokensCount: tokens,
  };
}

/** Where an answer about a token stands: its API key, whose that is, and when. */
export interface TokenSetting {
  readonly key: ApiKey;
  readonly owner: NamedOwner;
  readonly accountId: string;
  readonly now: Date;
}

/** A token as the API answers it; there is no way for its text to be in it. */
export function toTokenResponse(token: Token, { key, owner, accountId, now }: TokenSetting): TokenAggregate['token'] {
  const validFrom = Date.parse(token.validFrom);
  return {
    ...described(token, owner, accountId),
    apiKeyIdentifier: key.identifier,
    validFrom,
    validTo: token.validTo === null ? NO_EXPIRY : Date.parse(token.validTo),
    scheduledExpireTime: token.scheduledExpireAt === null ? null : Date.parse(token.scheduledExpireAt),
    valid: validFrom <= now.getTime() && now.getTime() < endOf(token),
    email: null,
    username: null,
  };
}

export function toTokenAggregate(token: Token, setting: TokenSetting): TokenAggregate {
  const end = endOf(token);
  return {
    token: toTokenResponse(token, setting),
    expiryAt: Number.isFinite(end) ? end : NO_EXPIRY,
    createdAt: Date.parse(token.createdAt),
    lastModifiedAt: Date.parse(token.updatedAt),
    lastUsedAt: token.lastUsedAt === null ? null : Date.parse(token.lastUsedAt),
  };
}

function described(
  { identifier, name, description, tags }: Pick<ApiKey, 'identifier' | 'name' | 'description' | 'tags'>,
  owner: NamedOwner,
  accountIdentifier: string,
) {
  return {
    identifier,
    name,
    description,
    tags,
    accountIdentifier,
    orgIdentifier: owner.place.orgIdentifier ?? null,
    projectIdentifier: owner.place.projectIdentifier ?? null,
    apiKeyType: owner.type,
    parentIdentifier: owner.identifier,
  };
}
