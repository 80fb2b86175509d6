// Ten of the people who are meant, each with the way to her page.
import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Card } from "@/patterns/Card";
import { Lines, Shown } from "@/patterns/Shown";
import { named } from "@/people/named";
import type { Document } from "./document";
import { useFew } from "./queries";

const MOST = 10;

export function Few({ condition }: { condition: Document | null }) {
  const { t } = useTranslation();
  const query = useFew(condition, MOST);
  if (condition === null) return null;
  return (
    <Card title={t("conditions.few")} about={t("conditions.fewAbout")}>
      <Shown query={query} shape={<Lines many={4} high={30} />}>
        {(people) =>
          people.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("conditions.nobody")}
            </Text>
          ) : (
            <Stack component="ul" gap={4} p={0} m={0} style={{ listStyle: "none" }}>
              {people.map((person) => {
                const { name, beside } = named(person, t("people.unknown"));
                return (
                  <li key={person.id} style={{ minWidth: 0 }}>
                    <Anchor
                      component={Link}
                      to={`/people/${encodeURIComponent(person.id)}`}
                      size="sm"
                      className="clip"
                      display="block"
                    >
                      {name}
                    </Anchor>
                    <Text size="xs" c="dimmed" className="clip">
                      {beside}
                    </Text>
                  </li>
                );
              })}
            </Stack>
          )
        }
      </Shown>
    </Card>
  );
}
