import { useQuery } from '@tanstack/react-query';
import { regionSchema, restResponseOf } from '@wardline/contracts';
import { z } from 'zod';
import { apiRequest } from '../../../lib/api.ts';

const regionsSchema = restResponseOf(z.array(regionSchema));

/** Every region that the server knows, with its partition. */
export function useRegions() {
  return useQuery({
    queryKey: ['regions'],
    queryFn: ({ signal }) => apiRequest({ path: '/api/awshelper/aws-regions', schema: regionsSchema, signal }),
    select: ({ resource }) => resource,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
