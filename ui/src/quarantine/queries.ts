// What the quarantine asks the server.
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { byPages } from "@/api/paged";
import { useHere } from "@/signin/session";

export function useQuarantine(reason: string | undefined) {
  const { params } = useHere();
  return api.useInfiniteQuery(
    "get",
    "/api/workspaces/{workspace}/quarantine",
    { params: { ...params, query: reason ? { reason } : {} } },
    { ...byPages("before"), placeholderData: keepPreviousData },
  );
}
