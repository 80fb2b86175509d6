// What the home page asks the server: the figures every few seconds, the funnel now and then.
import { api } from "@/api/client";
import { useHere } from "@/signin/session";

export function useHome() {
  return api.useQuery("get", "/api/workspaces/{workspace}/home", useHere(), {
    refetchInterval: 4_000,
  });
}

/** Counted over everybody; asked again soon when nobody was there to count. */
const COUNTED = {
  refetchInterval: (query: { state: { error: unknown } }) => (query.state.error ? 10_000 : 60_000),
  staleTime: 30_000,
};

export function useFunnel() {
  return api.useQuery("get", "/api/workspaces/{workspace}/home/funnel", useHere(), COUNTED);
}

export function useRevenue() {
  return api.useQuery("get", "/api/workspaces/{workspace}/home/revenue", useHere(), COUNTED);
}
