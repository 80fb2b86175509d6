// What the home page asks the server: the figures every few seconds, the funnel now and then.
import { api } from "@/api/client";
import { useHere } from "@/signin/session";

export function useHome() {
  return api.useQuery("get", "/api/workspaces/{workspace}/home", useHere(), {
    refetchInterval: 4_000,
  });
}

export function useFunnel() {
  return api.useQuery("get", "/api/workspaces/{workspace}/home/funnel", useHere(), {
    refetchInterval: 60_000,
    staleTime: 30_000,
  });
}
