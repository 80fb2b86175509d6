// What the pages of people ask the server.
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { byPages } from "@/api/paged";
import type { Entry, Level } from "@/api/schema";
import { useHere } from "@/signin/session";

export type Listed = Entry;

export function usePeople(q: string, level: Level | undefined) {
  const { params } = useHere();
  const query = { ...(q && { q }), ...(level && { level }) };
  return api.useInfiniteQuery(
    "get",
    "/api/workspaces/{workspace}/people",
    { params: { ...params, query } },
    { ...byPages("cursor"), placeholderData: keepPreviousData },
  );
}

/** How many people there are, told with the first page of everybody. */
export function useHowMany(): number | undefined {
  return usePeople("", undefined).data?.pages[0]?.total ?? undefined;
}

/** A handful, for the search over everything; nothing is asked before something is typed. */
export function useFewPeople(q: string) {
  const { params } = useHere();
  return api.useQuery(
    "get",
    "/api/workspaces/{workspace}/people",
    { params: { ...params, query: { q } } },
    {
      enabled: q !== "",
      select: ({ items }) => items.slice(0, 6),
    },
  );
}

function useOne(person: string) {
  const { params } = useHere();
  return { params: { path: { ...params.path, person } } };
}

export function usePerson(person: string) {
  return api.useQuery("get", "/api/workspaces/{workspace}/people/{person}", useOne(person), {
    refetchInterval: 10_000,
  });
}

export function useTimeline(person: string) {
  const path = "/api/workspaces/{workspace}/people/{person}/timeline";
  return api.useInfiniteQuery("get", path, useOne(person), {
    ...byPages("cursor"),
    refetchInterval: 10_000,
  });
}

export function useMessagesOf(person: string) {
  return api.useInfiniteQuery(
    "get",
    "/api/workspaces/{workspace}/people/{person}/messages",
    useOne(person),
    byPages("cursor"),
  );
}

export function useWhy(person: string, about: string) {
  const { params } = useOne(person);
  return api.useQuery("get", "/api/workspaces/{workspace}/people/{person}/why", {
    params: { ...params, query: { about } },
  });
}
