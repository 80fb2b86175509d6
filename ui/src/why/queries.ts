// What the answer to "why?" asks the server.
import { api } from "@/api/client";
import { useLanguage } from "@/patterns/Said";
import { useHere } from "@/signin/session";

/** As of a place in the log, a moment of the shop's calendar, or now; of one run, or the newest. */
export interface When {
  run?: string;
  seq?: number;
  at?: string;
}

export function useWhyJourney(person: string, journey: string, when: When) {
  const { params } = useHere();
  const language = useLanguage();
  return api.useQuery(
    "get",
    "/api/workspaces/{workspace}/people/{person}/why/journeys/{journey}",
    { params: { path: { ...params.path, person, journey }, query: { ...when, language } } },
    { placeholderData: (before) => before },
  );
}
