// What the server says of the condition as it stands: asked once the typing pauses, the exact
// number when somebody wants it or nothing has changed for a while.
import { useDebouncedValue } from "@mantine/hooks";
import { useMemo, useState } from "react";
import type { Document } from "./document";
import { useCount, useSentence } from "./queries";
import type { Builder } from "./useBuilder";

const PAUSE = 350;
const IDLE = 3_000;

export function useLive({ document, whole }: Pick<Builder, "document" | "whole">) {
  const text = whole ? JSON.stringify(document) : "";
  const [settled] = useDebouncedValue(text, PAUSE);
  const [idle] = useDebouncedValue(text, IDLE);
  const [wanted, want] = useState("");
  const asked = useMemo(() => (settled ? (JSON.parse(settled) as Document) : null), [settled]);
  const sentence = useSentence(asked);
  const read = asked !== null && !sentence.error; // what cannot be read is not counted either
  const [last, keepLast] = useState<Document | null>(null);
  if (read && sentence.data && asked !== last) keepLast(asked);
  const estimate = useCount(asked, false, read);
  const exactly = read && estimate.data?.exact === false && [idle, wanted].includes(settled);
  const exact = useCount(asked, true, exactly);
  const count = exactly && exact.data && !exact.isPlaceholderData ? exact : estimate;
  return {
    condition: last, // while something is missing, what was whole before stays to be seen
    current: settled === text && whole && read,
    sentence,
    count,
    counting: exactly && exact.isFetching,
    countExactly: () => want(settled),
  };
}

export type Live = ReturnType<typeof useLive>;
