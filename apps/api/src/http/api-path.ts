/** True for a path of the API, whether there is such a one or not; every other is a page of the console. */
export function isApiPath(url: string): boolean {
  return /^\/(api|ng|audit|authz)(\/|\?|$)/.test(url);
}
