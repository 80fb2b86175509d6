// What the builder asks the server: the sentence, how many, who, the overlap, what was seen.
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { api, server } from "@/api/client";
import type { Came } from "@/api/schema";
import { useHere } from "@/signin/session";
import type { Document } from "./document";

const CONDITIONS = "/api/workspaces/{workspace}/conditions";
const LIVE = { placeholderData: keepPreviousData, retry: false } as const;

/** The document as a request carries it. */
const body = (condition: Document | null) => ({
  condition: { ...(condition ?? { kind: "" }) } as Record<string, unknown>,
});

function useAsked(condition: Document | null) {
  return { ...useHere(), body: body(condition) };
}

export function useSentence(condition: Document | null) {
  return api.useQuery("post", `${CONDITIONS}/read`, useAsked(condition), {
    ...LIVE,
    enabled: condition !== null,
    staleTime: Infinity,
    select: ({ sentence }) => sentence,
  });
}

export function useCount(condition: Document | null, exact: boolean, wanted = true) {
  const { params, body } = useAsked(condition);
  return api.useQuery(
    "post",
    `${CONDITIONS}/count`,
    { params, body: { ...body, exact } },
    { ...LIVE, enabled: wanted && condition !== null },
  );
}

export function useFew(condition: Document | null, most: number) {
  const { params, body } = useAsked(condition);
  return api.useQuery(
    "post",
    `${CONDITIONS}/people`,
    { params, body: { ...body, most } },
    { ...LIVE, enabled: condition !== null, select: ({ people }) => people },
  );
}

/** Everybody who is meant, page by page. */
export function useEverybody(condition: Document | null) {
  const asked = useAsked(condition);
  return useInfiniteQuery({
    queryKey: ["post", `${CONDITIONS}/people`, "everybody", asked],
    queryFn: async ({ pageParam, signal }) => {
      const body = { ...asked.body, most: 50, ...(pageParam && { after: pageParam }) };
      const { params } = asked;
      const { data } = await server.POST(`${CONDITIONS}/people`, { params, body, signal });
      return data!; // what is no answer was thrown by the client
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: condition !== null,
    placeholderData: keepPreviousData,
  });
}

export function useOverlap(condition: Document | null) {
  return api.useQuery("post", `${CONDITIONS}/overlap`, useAsked(condition), {
    ...LIVE,
    enabled: condition !== null,
    select: ({ segments }) => segments,
  });
}

export interface Wanted {
  of: Seen;
  event?: string;
  name?: string; // of the property or attribute whose values are wanted
  search?: string;
}
type Seen = "event" | "property" | "value" | "category" | "brand" | "product" | Defined;
type Defined = "attribute" | "attribute value" | "segment" | "journey";

/** Names and values that came, the most frequent first; nothing is asked before it is wanted. */
export function useSeen(wanted: Wanted, enabled = true) {
  const { params } = useHere();
  const query = Object.fromEntries(
    Object.entries(wanted).filter(([, said]) => said !== "" && said !== undefined),
  ) as unknown as Wanted;
  return api.useQuery(
    "get",
    `${CONDITIONS}/seen`,
    { params: { ...params, query } },
    { ...LIVE, enabled, staleTime: 60_000, select: ({ items }): Came[] => items },
  );
}
