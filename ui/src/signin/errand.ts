// What a link from a mail is for. Its secret stands behind `#`, which browsers send to no server.

export interface Errand {
  kind: "reset" | "invitation";
  ticket: string;
}

export function errandOf({ pathname, hash }: { pathname: string; hash: string }): Errand | null {
  const kind = (["reset", "invitation"] as const).find((one) => pathname === `/${one}`);
  const ticket = hash.slice(1);
  return kind && ticket ? { kind, ticket } : null;
}
