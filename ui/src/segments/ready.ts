// The order in which the gallery shows its subjects.
import type { ReadySegment } from "@/api/schema";

export const SUBJECTS = [
  "visit",
  "interests",
  "indecision",
  "purchases",
  "regularity",
  "visits",
  "navigation",
  "pages",
  "clicks",
  "demographics",
] as const;

export type Subject = (typeof SUBJECTS)[number];

/** Each subject that has any, with its segments. */
export function bySubject(segments: ReadySegment[]): [Subject, ReadySegment[]][] {
  return SUBJECTS.map((subject): [Subject, ReadySegment[]] => [
    subject,
    segments.filter((one) => one.subject === subject),
  ]).filter(([, some]) => some.length > 0);
}
