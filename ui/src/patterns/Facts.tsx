// Name and value pairs: what an object is, at a glance.
import { Text } from "@mantine/core";
import { Fragment, type ReactNode } from "react";

export type Fact = [name: string, value: ReactNode];

export function Facts({ facts }: { facts: Fact[] }) {
  const told = facts.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return (
    <dl
      style={{
        display: "grid",
        gridTemplateColumns: "minmax(7rem, max-content) minmax(0, 1fr)",
        gap: "0.4rem 1rem",
        margin: 0,
      }}
    >
      {told.map(([name, value]) => (
        <Fragment key={name}>
          <Text component="dt" size="sm" c="dimmed">
            {name}
          </Text>
          <Text component="dd" size="sm" m={0} className="break">
            {value}
          </Text>
        </Fragment>
      ))}
    </dl>
  );
}
