// Who came and went, the newest first, with what made it so; and why of each of them.
import { Anchor, Badge, Box, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconArrowNarrowLeft, IconArrowNarrowRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Movement } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Moment, useLanguage, useZone } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { named } from "@/people/named";
import { exact } from "@/reading/moments";
import { Condition } from "@/why/Condition";
import type { Say } from "@/words/speak";
import { useMembership, useMovements } from "./queries";
import { segments } from "./words";

interface Someone {
  id: string;
  name: string;
}

export function Movements({ segment }: { segment: string }) {
  const { t } = useTranslation();
  const query = useMovements(segment);
  const [asking, ask] = useState<Someone>();
  return (
    <Card title={t("segments.movements")}>
      <Shown query={query} shape={<Lines many={3} high={36} />}>
        {({ pages }) => {
          const moved = pages.flatMap(({ items }) => items);
          if (moved.length === 0)
            return (
              <Text size="sm" c="dimmed">
                {t("segments.noMovements")}
              </Text>
            );
          return (
            <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: "none" }}>
              {moved.map((one) => (
                <Line key={`${one.person} ${one.moment} ${one.entered}`} moved={one} ask={ask} />
              ))}
              {query.hasNextPage && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {t("errors.more")}
                </Button>
              )}
            </Stack>
          );
        }}
      </Shown>
      <Why segment={segment} who={asking} close={() => ask(undefined)} />
    </Card>
  );
}

function Line({ moved, ask }: { moved: Movement; ask: (who: Someone) => void }) {
  const { t } = useTranslation();
  const { person, who, entered, moment, because } = moved;
  const { name } = named(
    who ?? { id: person, name: null, email: null, user: null },
    t("people.unknown"),
  );
  return (
    <Box component="li">
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Anchor
          component={Link}
          to={`/people/${encodeURIComponent(person)}`}
          size="sm"
          className="clip"
        >
          {name}
        </Anchor>
        <Way entered={entered} />
      </Group>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed" className="break">
          <Moment at={moment} /> · {t("segments.becauseOf", { what: told(because, t) })}
        </Text>
        {who && (
          <Button
            variant="subtle"
            size="compact-xs"
            style={{ flexShrink: 0 }}
            onClick={() => ask({ id: person, name })}
          >
            {t("segments.why")}
          </Button>
        )}
      </Group>
    </Box>
  );
}

function Way({ entered }: { entered: boolean }) {
  const { t } = useTranslation();
  const Icon = entered ? IconArrowNarrowRight : IconArrowNarrowLeft;
  return (
    <Badge
      variant="light"
      color={entered ? "green" : "gray"}
      tt="none"
      fw={550}
      leftSection={<Icon size={13} aria-hidden />}
      style={{ flexShrink: 0 }}
    >
      {t(entered ? "segments.entered" : "segments.left")}
    </Badge>
  );
}

/** The name of an event is its own word. */
function told(because: string, t: Say): string {
  if (!Object.hasOwn(segments.because, because)) return `“${because}”`;
  return t(`segments.because.${because as keyof typeof segments.because}`);
}

interface WhyProps {
  segment: string;
  who: Someone | undefined;
  close: () => void;
}

function Why({ segment, who, close }: WhyProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useZone();
  const query = useMembership(segment, who?.id ?? "");
  return (
    <Modal
      opened={who !== undefined}
      onClose={close}
      size="lg"
      title={<Text fw={650}>{t("segments.whyTitle", { name: who?.name ?? "" })}</Text>}
      closeButtonProps={{ "aria-label": t("errors.close") }}
    >
      {who && (
        <Shown query={query} shape={<Lines many={3} />}>
          {({ since, explained }) => (
            <Stack gap="xs">
              <Text size="sm">
                {since
                  ? t("segments.whyIn", { moment: exact(since, zone, language) })
                  : t("segments.whyOut")}
              </Text>
              <Text size="sm" fw={600}>
                {t("segments.whyNow")}
              </Text>
              {explained[language] && <Condition answered={explained[language]} />}
            </Stack>
          )}
        </Shown>
      )}
    </Modal>
  );
}
