// Work that was not saved outlives a reload: it is kept on this browser until it is saved or dropped.
import { useEffect, useState } from "react";
import { useWorkspace } from "@/signin/session";
import { same, segmentIn, type Segment } from "./segment";

/** `saved` is what the server has; `brought` what was found instead, if it says something else. */
export function useUnsaved(name: string, saved: Segment) {
  const key = `innesco-unsaved/${useWorkspace().id}/segment/${name}`;
  const [brought] = useState(() => {
    const found = segmentIn(localStorage.getItem(key));
    return found && !same(found, saved) ? found : null;
  });
  return {
    brought,
    keep: (segment: Segment) => {
      if (same(segment, saved)) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(segment));
    },
    drop: () => localStorage.removeItem(key),
  };
}

/** Keeps each state of the work a moment after it was typed, and at once when the page goes. */
export function useKeeping(segment: Segment, keep: (segment: Segment) => void): void {
  useEffect(() => {
    const later = setTimeout(() => keep(segment), 300);
    const now = () => keep(segment);
    window.addEventListener("pagehide", now);
    return () => {
      clearTimeout(later);
      window.removeEventListener("pagehide", now);
    };
  });
}
