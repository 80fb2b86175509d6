// What the pages of messages ask the server.
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { byPages } from "@/api/paged";
import type { Outcome } from "@/api/schema";
import { useHere } from "@/signin/session";

/** What the address bar asks for. */
export interface Chosen {
  state?: Outcome;
  gate?: string; // that decided: `consent`
  journey?: string;
  channel?: string;
  person?: string;
}

export function useMessages({ state, ...others }: Chosen) {
  const { params } = useHere();
  const query = { ...others, ...(state && { outcome: state }) };
  return api.useInfiniteQuery(
    "get",
    "/api/workspaces/{workspace}/messages",
    { params: { ...params, query } },
    {
      ...byPages("cursor"),
      refetchInterval: 10_000,
      placeholderData: keepPreviousData,
    },
  );
}

export function useMessageCounts() {
  return api.useQuery("get", "/api/workspaces/{workspace}/messages/counts", useHere(), {
    refetchInterval: 10_000,
  });
}

export function useMessage(key: string) {
  const { params } = useHere();
  return api.useQuery(
    "get",
    "/api/workspaces/{workspace}/message",
    { params: { ...params, query: { key } } },
    { enabled: key !== "" },
  );
}

/** Where the server shows a message's words, under a policy of its own. */
export function previewAddress(workspace: string, key: string): string {
  return `/api/workspaces/${encodeURIComponent(workspace)}/message/preview?key=${encodeURIComponent(key)}`;
}
