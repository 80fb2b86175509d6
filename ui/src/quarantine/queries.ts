// What the quarantine asks the server.
import { api } from "@/api/client";
import { byPages } from "@/api/paged";
import { useHere } from "@/signin/session";

export function useQuarantine() {
  return api.useInfiniteQuery(
    "get",
    "/api/workspaces/{workspace}/quarantine",
    useHere(),
    byPages("before"),
  );
}
