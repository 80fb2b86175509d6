// Who is signed in, which workspace the address names, and coming and going.
import { useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect } from "react";
import { api, rememberCsrf, SESSION } from "@/api/client";
import type { Me, Place } from "@/api/schema";
import { changeLanguage } from "@/words/speak";
import { asLanguage, keptLanguage } from "@/words/language";
import { addressed } from "./addressed";

export type { Me, Place };

export const MeContext = createContext<Me | null>(null);

export function useSession() {
  const session = api.useQuery("get", SESSION, {}, { staleTime: 60_000, retry: false });
  const { data } = session;
  if (data) rememberCsrf(data.csrf);
  useEffect(() => {
    const own = asLanguage(data?.account.language);
    if (own && !keptLanguage()) void changeLanguage(own);
  }, [data?.account.language]);
  return session;
}

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("useMe is for pages behind the sign-in");
  return me;
}

/** The workspace that the address names, else the first one; null for somebody without any. */
export function usePlace(): Place | null {
  const { workspaces } = useMe();
  return addressed(workspaces, location.pathname);
}

export function useWorkspace(): Place {
  const place = usePlace();
  if (!place) throw new Error("useWorkspace is for members of a workspace");
  return place;
}

/** The part of a request that says which workspace it is about. */
export function useHere() {
  return { params: { path: { workspace: useWorkspace().id } } };
}

/** Whether the role allows what an editor or an owner may do. */
export function useMay(needed: "editor" | "owner"): boolean {
  const { role } = useWorkspace();
  return role === "owner" || role === needed;
}

export function useSignIn() {
  const queries = useQueryClient();
  return api.useMutation("post", SESSION, {
    onSuccess: (me) => queries.setQueryData(["get", SESSION, {}], me),
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return api.useMutation("delete", SESSION, {
    onSettled: () => {
      rememberCsrf("");
      queries.clear();
      location.assign("/");
    },
  });
}

/** The server answers with a new session; every other one of this account is over. */
export function useChangePassword() {
  const queries = useQueryClient();
  return api.useMutation("put", "/api/account/password", {
    onSuccess: (me) => queries.setQueryData(["get", SESSION, {}], me),
  });
}

export function useChangeMyself() {
  const queries = useQueryClient();
  return api.useMutation("put", "/api/account", {
    onSuccess: () => queries.invalidateQueries({ queryKey: ["get", SESSION] }),
  });
}

export function useAskForReset() {
  return api.useMutation("post", "/api/password/forgotten");
}

export function useReset() {
  return api.useMutation("post", "/api/password");
}

export function useTakeInvitation() {
  return api.useMutation("post", "/api/invitation/taken");
}

export function useInvitation(ticket: string) {
  const look = api.useMutation("post", "/api/invitation");
  return { ...look, look: () => look.mutate({ body: { ticket } }) };
}
