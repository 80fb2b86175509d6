// Lists that the server tells page by page, each with the place where the next one begins.

interface Paged {
  next?: string | number | null;
}

/** How TanStack Query goes through such a list; `name` is the parameter that says where to begin. */
export function byPages(name: "cursor" | "before") {
  return {
    pageParamName: name,
    initialPageParam: null, // the first page is asked for without saying where to begin
    getNextPageParam: (page: Paged) => page.next ?? undefined,
  };
}
