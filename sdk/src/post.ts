// One request to the door: plain text with the key inside, so that the browser asks no leave
// (no CORS preflight), and one that outlives the page where the browser can.

import { bytes, LARGEST_FAREWELL } from "./queue";

export interface Answer {
  /** 0 when nobody answered. */
  status: number;
  retryAfter: string | null;
}

const SILENT = 30_000;

let flying = 0; // bytes in requests that outlive the page: the browser bounds their sum

export async function post(url: string, body: string, leaving: boolean): Promise<Answer> {
  if (leaving && !("keepalive" in Request.prototype)) return beacon(url, body);
  const size = bytes(body);
  const keepalive = flying + size <= LARGEST_FAREWELL;
  if (keepalive) flying += size;
  try {
    const signal = AbortSignal.timeout?.(SILENT) ?? null;
    const request = { method: "POST", body, keepalive, credentials: "omit", signal } as const;
    const { status, headers } = await fetch(url, request);
    return { status, retryAfter: headers.get("Retry-After") };
  } catch {
    return { status: 0, retryAfter: null }; // no network, no server, or no answer in time
  } finally {
    if (keepalive) flying -= size;
  }
}

/** Firefox before 133: nobody will tell us the answer, so what the browser took counts as sent. */
function beacon(url: string, body: string): Answer {
  return { status: navigator.sendBeacon(url, body) ? 200 : 0, retryAfter: null };
}
