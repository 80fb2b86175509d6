// What the pages of journeys ask the server, and what they change there.
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useLanguage } from "@/patterns/Said";
import { useHere } from "@/signin/session";
import { inLanguage } from "./telling";

const LIST = "/api/workspaces/{workspace}/journeys";
const ONE = "/api/workspaces/{workspace}/journeys/{journey}";

export function useJourneys() {
  return api.useQuery("get", LIST, useHere(), {
    refetchInterval: 15_000,
    select: ({ journeys }) => journeys,
  });
}

/** The journey's name in the reader's language; its id until the list is here. */
export function useJourneyName(): (id: string) => string {
  const journeys = useJourneys().data ?? [];
  const language = useLanguage();
  return (id) => {
    const found = journeys.find((journey) => journey.id === id);
    return found ? inLanguage(found.name, language) : id;
  };
}

function useOne(journey: string) {
  const { params } = useHere();
  return { params: { path: { ...params.path, journey } } };
}

export function useJourney(journey: string) {
  return api.useQuery("get", ONE, useOne(journey), { refetchInterval: 15_000 });
}

/** Who stands at a step just now; nothing is asked while none is chosen. */
export function usePeopleAt(journey: string, node: string) {
  const { params } = useHere();
  return api.useQuery(
    "get",
    "/api/workspaces/{workspace}/journeys/{journey}/nodes/{node}",
    { params: { path: { ...params.path, journey, node } } },
    { enabled: node !== "", refetchInterval: 15_000 },
  );
}

function useStale() {
  const queries = useQueryClient();
  return {
    onSuccess: () =>
      Promise.all(
        [LIST, ONE].map((path) => queries.invalidateQueries({ queryKey: ["get", path] })),
      ),
  };
}

export function usePublish() {
  return api.useMutation(
    "post",
    "/api/workspaces/{workspace}/journeys/{journey}/publish",
    useStale(),
  );
}

export function usePause() {
  return api.useMutation(
    "post",
    "/api/workspaces/{workspace}/journeys/{journey}/pause",
    useStale(),
  );
}
