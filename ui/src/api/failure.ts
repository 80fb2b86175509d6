// What can go wrong between this page and the server, as values that a page can explain.

export interface Failure {
  kind: "unreachable" | "signed out" | "forbidden" | "missing" | "refused" | "broken";
  status: number;
  detail: string; // the server's sentence on what happened
  mend: string; // and on what to do
  wrong: { place: string; says: string }[];
}

export class Failed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.detail || failure.kind);
  }
}

/** The failure that an answer stands for; `body` is the server's problem (RFC 9457), if it sent one. */
export function failureOf(status: number, body: unknown): Failure {
  const said = (typeof body === "object" && body !== null ? body : {}) as Partial<Failure>;
  return {
    kind: kindOf(status),
    status,
    detail: typeof said.detail === "string" ? said.detail : "",
    mend: typeof said.mend === "string" ? said.mend : "",
    wrong: Array.isArray(said.wrong) ? said.wrong : [],
  };
}

function kindOf(status: number): Failure["kind"] {
  if (status === 0) return "unreachable";
  if (status === 401) return "signed out";
  if (status === 403) return "forbidden";
  if (status === 404 || status === 410) return "missing";
  return status < 500 ? "refused" : "broken";
}

/** Any error as a failure: `fetch` throws a TypeError when nobody answers. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failed) return error.failure;
  const detail = error instanceof Error ? error.message : String(error);
  return failureOf(error instanceof TypeError ? 0 : 500, { detail });
}
