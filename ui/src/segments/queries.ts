// What the pages of segments ask the server, and what they change there.
import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
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
const A_MINUTE = 60_000;

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

/** The gallery; it changes with the program only. */
export function useReadySegments(wanted = true) {
  const { params } = useHere();
  const path = "/api/workspaces/{workspace}/ready-segments";
  return api.useQuery("get", path, { params }, { staleTime: Infinity, enabled: wanted });
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
    refetchInterval: ({ state }) => watched && (unsettled(state.data?.line) ? SOON : LATER),
    retry: false,
  });
}

/** Being worked out, or changed so lately that this may be about to begin. */
function unsettled(line: SegmentLine | undefined): boolean {
  return !!line && (line.building !== null || Date.now() - Date.parse(line.changed) < A_MINUTE);
}

/** After its size has changed, who is in it and who came and went is asked again. */
export function useFollowed(people: number | null): void {
  const queries = useQueryClient();
  const [before, remember] = useState(people);
  useEffect(() => {
    if (before === people) return;
    remember(people);
    for (const path of PARTS) void queries.invalidateQueries({ queryKey: ["get", path] });
  }, [before, people, queries]);
}

/** Who belongs now, or belonged at a moment. */
export function useMembers(segment: string, at?: string) {
  const { params } = useOne(segment);
  return api.useInfiniteQuery(
    "get",
    `${ONE}/people`,
    { params: { ...params, query: { ...(at && { at }) } } },
    byPages("cursor"),
  );
}

export function useSizes(segment: string, days: number) {
  const { params } = useOne(segment);
  return api.useQuery("get", `${ONE}/sizes`, { params: { ...params, query: { days } } });
}

export function useMovements(segment: string) {
  const { params } = useOne(segment);
  return api.useInfiniteQuery(
    "get",
    `${ONE}/movements`,
    { params: { ...params, query: { most: 12 } } },
    byPages("cursor"),
  );
}

/** Why somebody belongs or not; nothing is asked before somebody is named. */
export function useMembership(segment: string, person: string) {
  const { params } = useOne(segment);
  return api.useQuery(
    "get",
    `${ONE}/people/{person}`,
    { params: { path: { ...params.path, person } } },
    { enabled: person !== "" },
  );
}

const PARTS = ["people", "sizes", "movements"].map((part) => `${ONE}/${part}`);

function useStale() {
  const queries = useQueryClient();
  return {
    onSuccess: () =>
      Promise.all(
        [LIST, ONE, ...PARTS].map((path) => queries.invalidateQueries({ queryKey: ["get", path] })),
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

/** Gives a building up; the membership before it stays. */
export function useCancel() {
  return api.useMutation("post", `${ONE}/cancel`, useStale());
}

export function useArchive() {
  return api.useMutation("post", `${ONE}/archive`, useStale());
}

export function useDiscard() {
  return api.useMutation("delete", ONE, useStale());
}
