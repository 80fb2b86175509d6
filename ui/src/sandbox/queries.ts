// What the sandbox inbox asks the server.
import { api } from "@/api/client";
import { byPages } from "@/api/paged";
import { useHere } from "@/signin/session";

export function useInbox() {
  return api.useInfiniteQuery("get", "/api/workspaces/{workspace}/sandbox", useHere(), {
    ...byPages("before"),
    refetchInterval: 5_000,
  });
}

export function useMail(mail: number) {
  const { params } = useHere();
  return api.useQuery("get", "/api/workspaces/{workspace}/sandbox/{mail}", {
    params: { path: { ...params.path, mail } },
  });
}

/** Where the server shows a mail, under a policy of its own. */
export function mailAddress(workspace: string, mail: number): string {
  return `/api/workspaces/${encodeURIComponent(workspace)}/sandbox/${mail}/preview`;
}
