// One person as a line of a list: who, how well known, what she bought, when she was here.
import { Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Moment, Money } from "@/patterns/Said";
import { useShop } from "@/patterns/shop";
import { named } from "./named";
import type { Listed } from "./queries";
import { LevelBadge } from "./Who";

export const ROW = 60;

/** As wide as what it stands in; always as high as `ROW`. */
export function PersonRow({ person }: { person: Listed }) {
  const { t } = useTranslation();
  const { name, beside } = named(person, t("people.unknown"));
  return (
    <Link
      to="/people/$person"
      params={{ person: person.id }}
      className="row-link"
      style={{ height: ROW }}
    >
      <Group h="100%" px="md" gap="sm" wrap="nowrap">
        <div style={{ minWidth: 0, flex: 1 }}>
          <Text size="sm" fw={600} className="clip">
            {name}
          </Text>
          <Text size="xs" c="dimmed" className="clip">
            {beside}
          </Text>
        </div>
        <LevelBadge level={person.level} />
        <Bought person={person} />
        <Text size="sm" c="dimmed" className="figure" w={120} visibleFrom="xs">
          {person.last_seen && <Moment at={person.last_seen} />}
        </Text>
      </Group>
    </Link>
  );
}

function Bought({ person: { orders, spent } }: { person: Listed }) {
  const { t } = useTranslation();
  const { currency } = useShop();
  return (
    <Text size="sm" className="figure" w={170} visibleFrom="md" component="div">
      {orders > 0 ? (
        <>
          <Money minor={spent} currency={currency} />
          <Text span size="sm" c="dimmed">
            {" "}
            · {t("people.ordersCount", { count: orders })}
          </Text>
        </>
      ) : null}
    </Text>
  );
}
