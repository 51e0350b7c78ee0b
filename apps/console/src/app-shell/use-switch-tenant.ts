import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { SwitchTenantDocument } from '../generated/graphql.ts';
import type { ApiError } from '../lib/api-error.ts';
import { execute } from '../lib/graphql-client.ts';
import { viewerQuery } from '../lib/viewer.ts';

/** Moves the session into another tenant; nothing of the former one stays in the cache. */
export function useSwitchTenant() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation<unknown, ApiError, string>({
    mutationFn: (tenantId) => execute(SwitchTenantDocument, { tenantId }),
    onSuccess: async () => {
      await navigate({ to: '/' });
      client.removeQueries({ predicate: (query) => query.meta?.isViewer !== true && !query.isActive() });
      await client.fetchQuery({ ...viewerQuery, staleTime: 0 });
      await client.resetQueries({ predicate: (query) => query.meta?.isViewer !== true });
    },
  });
}
