// A part: one condition as the browser asks it, read once and then asked again and again.

import type { Answer, View } from "./view";

export interface Part {
  holds(view: View): Answer;
  /** When time alone may change the answer, or make it known. */
  changesAt?(view: View): number | undefined;
  /** A visit alone may not answer it. */
  open?: boolean;
}
