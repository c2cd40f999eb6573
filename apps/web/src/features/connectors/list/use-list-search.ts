import { getRouteApi, useRouterState } from '@tanstack/react-router';
import type { ListSearch } from '../list-search.ts';

const route = getRouteApi('/settings/connectors');

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The tokens of the pages before this one; "" for the first, which needs none. */
    earlierTokens?: readonly string[];
  }
}

type Filters = Omit<ListSearch, 'page' | 'token'>;

/**
 * What the list shows, kept in the URL. A page is reached by the token that the page before it gave; the way
 * back is kept with the browser's history entry. A link opened elsewhere has no such way: there, Previous
 * goes by the page's number.
 */
export function useListSearch() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const earlier = useRouterState({ select: ({ location }) => location.state.earlierTokens });

  /** Changes filters or order, which begins again at the first page. */
  const setFilters = (change: Filters): void =>
    void navigate({ search: ({ page: _page, token: _token, ...kept }) => ({ ...kept, ...change }), replace: true });

  const page = search.page ?? 1;
  /** Goes on, and notes the way back. */
  const goNext = (token: string) =>
    navigate({
      search: (now) => ({ ...now, page: page + 1, token }),
      state: (now) => ({ ...now, earlierTokens: [...(earlier ?? []), search.token ?? ''] }),
    });
  const goPrevious = () =>
    navigate({
      search: (now) => ({ ...now, page: page > 2 ? page - 1 : undefined, token: earlier?.at(-1) || undefined }),
      state: (now) => ({ ...now, earlierTokens: earlier?.slice(0, -1) ?? [] }),
    });

  return { search, page, setFilters, goNext, goPrevious };
}
