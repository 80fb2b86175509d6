// What the pages of segments ask the server, and what they change there.
import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { byPages } from "@/api/paged";
import type { SegmentLine } from "@/api/schema";
import { useHere } from "@/signin/session";

const LIST = "/api/workspaces/{workspace}/segments";
const ONE = "/api/workspaces/{workspace}/segments/{segment}";

export interface Which {
  q?: string;
  tag?: string;
  state?: SegmentLine["state"];
}

const SOON = 2_000;
const LATER = 15_000;

export function useSegments({ q = "", tag, state }: Which = {}) {
  const { params } = useHere();
  const query = { ...(q && { search: q }), ...(tag && { tag }), ...(state && { state }) };
  return api.useQuery(
    "get",
    LIST,
    { params: { ...params, query } },
    {
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) =>
        state.data?.segments.some(({ building }) => building) ? SOON : LATER,
    },
  );
}

/** The segment's name in the reader's language; its id until the list is here. */
export function useSegmentNames(): Map<string, SegmentLine["name"]> {
  const { data } = useSegments();
  return new Map(data?.segments.map(({ id, name }) => [id, name]));
}

export function useOne(segment: string) {
  const { params } = useHere();
  return { params: { path: { ...params.path, segment } } };
}

export function useSegment(segment: string, watched = true) {
  return api.useQuery("get", ONE, useOne(segment), {
    refetchInterval: ({ state }) => watched && (state.data?.line.building ? SOON : LATER),
    retry: false,
  });
}

export function useMembers(segment: string) {
  return api.useInfiniteQuery("get", `${ONE}/people`, useOne(segment), byPages("cursor"));
}

function useStale() {
  const queries = useQueryClient();
  return {
    onSuccess: () =>
      Promise.all(
        [LIST, ONE, `${ONE}/people`].map((path) =>
          queries.invalidateQueries({ queryKey: ["get", path] }),
        ),
      ),
  };
}

export function useKeepDraft() {
  return api.useMutation("put", `${ONE}/draft`, useStale());
}

export function usePublish() {
  return api.useMutation("post", `${ONE}/publish`, useStale());
}

export function useGoBack() {
  return api.useMutation("post", `${ONE}/undo`, useStale());
}

export function useArchive() {
  return api.useMutation("post", `${ONE}/archive`, useStale());
}

export function useDiscard() {
  return api.useMutation("delete", ONE, useStale());
}
