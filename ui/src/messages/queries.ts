// What the pages of messages ask the server.
import { api } from "@/api/client";
import { byPages } from "@/api/paged";
import type { Outcome } from "@/api/schema";
import { useHere } from "@/signin/session";

export function useMessages(outcome: Outcome | undefined) {
  const { params } = useHere();
  const query = outcome ? { outcome } : {};
  return api.useInfiniteQuery(
    "get",
    "/api/workspaces/{workspace}/messages",
    { params: { ...params, query } },
    {
      ...byPages("cursor"),
      refetchInterval: 10_000,
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
