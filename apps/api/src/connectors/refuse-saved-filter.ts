import { invalidFields } from '../plugins/errors.ts';

/** Filters are not saved here. @throws WardlineError INVALID_REQUEST when a request names one. */
export function refuseSavedFilter(filterIdentifier: string | undefined): void {
  if (!filterIdentifier) return;
  const error = `There is no saved filter “${filterIdentifier}”. Send the filter itself in the body.`;
  throw invalidFields([{ fieldId: 'filterIdentifier', error }]);
}
