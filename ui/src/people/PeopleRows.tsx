// A list of people that scrolls without end: only what is seen stands in the page.
import { Skeleton } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { PersonRow, ROW } from "./PersonRow";
import type { Listed } from "./queries";

interface RowsProps {
  people: readonly Listed[];
  more: (() => void) | null;
  busy: boolean;
  label: string;
}

export function PeopleRows({ people, more, busy, label }: RowsProps) {
  const list = useRef<HTMLUListElement>(null);
  const virtual = useWindowVirtualizer({
    count: people.length + (more ? 1 : 0),
    estimateSize: () => ROW,
    overscan: 12,
    scrollMargin: list.current?.offsetTop ?? 0,
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && !busy && last >= people.length) more();
  }, [more, busy, last, people.length]);
  return (
    <ul
      ref={list}
      aria-label={label}
      style={{
        position: "relative",
        height: virtual.getTotalSize(),
        margin: 0,
        padding: 0,
        listStyle: "none",
      }}
    >
      {rows.map(({ index, start }) => (
        <li
          key={index}
          style={{
            position: "absolute",
            insetInline: 0,
            height: ROW,
            top: start - virtual.options.scrollMargin,
            borderTop: index ? "1px solid var(--line)" : undefined,
          }}
        >
          {people[index] ? (
            <PersonRow person={people[index]} />
          ) : (
            <Skeleton h={28} m="md" w="auto" />
          )}
        </li>
      ))}
    </ul>
  );
}
