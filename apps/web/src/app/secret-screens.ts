// In one file that is loaded once: from a list one mostly goes on to an item, and each file of its own would make the
// list of files that the console's first load carries longer.
export { SecretsPage } from '../features/secrets/list/secrets-page.tsx';
export { NewSecretPage } from '../features/secrets/new/new-secret-page.tsx';
export { SecretPage } from '../features/secrets/page/secret-page.tsx';
export { RewrapPage } from '../features/secrets/rewrap/rewrap-page.tsx';
export { RewrapsPage } from '../features/secrets/rewrap/rewraps-page.tsx';
