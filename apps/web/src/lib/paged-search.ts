import { useNavigate, useSearch } from '@tanstack/react-router';
import type { PagedSearch } from './paged-search-schema.ts';

/** How many items a page shows. */
export const PAGE_SIZE = 20;

/** The paging parameters of a call. */
export const pageQuery = ({ q, page = 1 }: PagedSearch) => ({
  searchTerm: q,
  pageIndex: page - 1,
  pageSize: PAGE_SIZE,
});

/** What the list shows, kept in the URL of whichever list is on screen. */
export function usePagedSearch() {
  const { q, page } = useSearch({ strict: false });
  const navigate = useNavigate();
  const search: PagedSearch = { q, page };
  return {
    search,
    /** Looks for something else, which begins again at the first page. */
    find: (text: string): void =>
      void navigate({ to: '.', search: (now) => ({ ...now, q: text || undefined, page: undefined }), replace: true }),
    goTo: (next: number): void =>
      void navigate({ to: '.', search: (now) => ({ ...now, page: next > 1 ? next : undefined }) }),
  };
}
