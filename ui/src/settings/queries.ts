// What the settings read and change on the server.
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { byPages } from "@/api/paged";
import { useHere } from "@/signin/session";

const SETTINGS = "/api/workspaces/{workspace}/settings";
const MEMBERS = "/api/workspaces/{workspace}/members";
const KEYS = "/api/workspaces/{workspace}/keys";
const STOPS = "/api/workspaces/{workspace}/stops";

/** After a change, what was read from these paths is asked again. */
function useStale(...paths: string[]) {
  const queries = useQueryClient();
  return {
    onSuccess: () =>
      Promise.all(paths.map((path) => queries.invalidateQueries({ queryKey: ["get", path] }))),
  };
}

export function useSettings() {
  return api.useQuery("get", SETTINGS, useHere());
}

export function useChangeSettings() {
  return api.useMutation("put", SETTINGS, useStale(SETTINGS, "/api/session"));
}

export function useSmtpPassword() {
  return api.useMutation(
    "put",
    "/api/workspaces/{workspace}/settings/smtp-password",
    useStale(SETTINGS),
  );
}

export function useTeam() {
  return api.useQuery("get", MEMBERS, useHere());
}

export function useInvite() {
  return api.useMutation("post", "/api/workspaces/{workspace}/invitations", useStale(MEMBERS));
}

export function useWithdraw() {
  return api.useMutation(
    "delete",
    "/api/workspaces/{workspace}/invitations/{account}",
    useStale(MEMBERS),
  );
}

export function useGiveRole() {
  return api.useMutation("put", "/api/workspaces/{workspace}/members/{account}", useStale(MEMBERS));
}

export function useRemove() {
  return api.useMutation(
    "delete",
    "/api/workspaces/{workspace}/members/{account}",
    useStale(MEMBERS),
  );
}

export function useKeys() {
  return api.useQuery("get", KEYS, useHere());
}

export function useMakeKey() {
  return api.useMutation("post", KEYS, useStale(KEYS));
}

export function useRotateKey() {
  return api.useMutation("post", "/api/workspaces/{workspace}/keys/{key}/rotate", useStale(KEYS));
}

export function useRevokeKey() {
  return api.useMutation("delete", "/api/workspaces/{workspace}/keys/{key}", useStale(KEYS));
}

export function useStops() {
  return api.useQuery("get", STOPS, useHere(), { refetchInterval: 15_000 });
}

export function useStopSending() {
  return api.useMutation("put", "/api/workspaces/{workspace}/stops/{what}", useStale(STOPS));
}

export function useLift() {
  return api.useMutation("delete", "/api/workspaces/{workspace}/stops/{what}", useStale(STOPS));
}

export function useAudit() {
  return api.useInfiniteQuery(
    "get",
    "/api/workspaces/{workspace}/audit",
    useHere(),
    byPages("before"),
  );
}

export function useNight() {
  return api.useQuery("get", "/api/workspaces/{workspace}/night", useHere(), {
    refetchInterval: 60_000,
  });
}

/** Asked only when somebody wants to know: it reads the whole log. */
export function useSeal() {
  return api.useQuery("get", "/api/workspaces/{workspace}/audit/seal", useHere(), {
    enabled: false,
  });
}
