// What happened, newest first, folded visit by visit; each event is a sentence.
import {
  ActionIcon,
  Anchor,
  Box,
  Button,
  Collapse,
  Group,
  Stack,
  Text,
  Tooltip,
  UnstyledButton,
} from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconHelpCircle } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Happened } from "@/api/schema";
import { Json } from "@/patterns/Json";
import { Moment, useLanguage, useZone } from "@/patterns/Said";
import { day, hour } from "@/reading/moments";
import type { Say } from "@/words/speak";
import { sentence } from "./sentence";
import { stays, type Stay } from "./visits";
import { people } from "./words";

interface Props {
  events: Happened[];
  more: (() => void) | null; // loads older ones
  busy: boolean;
  whyThen: (seq: number) => void; // asks why as of an event
}

export function Timeline({ events, more, busy, whyThen }: Props) {
  const { t } = useTranslation();
  const folded = stays(events);
  return (
    <Stack gap={0}>
      {folded.map((stay, place) => (
        <Visit
          key={stay.events[0]?.seq}
          stay={stay}
          first={place < 2}
          before={folded[place - 1]?.to}
          whyThen={whyThen}
        />
      ))}
      {more && (
        <Box p="md">
          <Button variant="default" size="xs" loading={busy} onClick={more}>
            {t("errors.more")}
          </Button>
        </Box>
      )}
    </Stack>
  );
}

function Visit({
  stay,
  first,
  before,
  whyThen,
}: {
  stay: Stay<Happened>;
  first: boolean;
  before: string | undefined;
  whyThen: Props["whyThen"];
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useZone();
  const [open, setOpen] = useState(first);
  const today = day(stay.to, zone, language);
  const Arrow = open ? IconChevronDown : IconChevronRight;
  return (
    <Box style={{ borderTop: "1px solid var(--line)" }}>
      {(!before || day(before, zone, language) !== today) && (
        <Text px="md" pt="sm" size="xs" c="dimmed" fw={600}>
          {today}
        </Text>
      )}
      <UnstyledButton w="100%" px="md" py="xs" onClick={() => setOpen(!open)} aria-expanded={open}>
        <Group gap="xs" wrap="nowrap">
          <Arrow size={16} aria-hidden style={{ flexShrink: 0 }} />
          <Text size="sm" fw={600} className="clip">
            {heading(stay, t)}
          </Text>
          <Text size="xs" c="dimmed" ml="auto" style={{ whiteSpace: "nowrap" }}>
            {hour(stay.from, zone, language)}–{hour(stay.to, zone, language)} ·{" "}
            <Moment at={stay.to} />
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={open}>
        <Stack gap={0} pb="xs">
          {stay.events.map((event) => (
            <Line key={event.seq} event={event} whyThen={whyThen} />
          ))}
        </Stack>
      </Collapse>
    </Box>
  );
}

function heading(stay: Stay<Happened>, t: Say): string {
  const count = stay.events.length;
  return stay.hers ? t("people.visit", { count }) : t("people.beside", { count });
}

function Line({ event, whyThen }: { event: Happened; whyThen: Props["whyThen"] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useZone();
  const [open, setOpen] = useState(false);
  const source = event.source ?? "public";
  return (
    <Box px="md" py={4} pl={40}>
      <Group gap="xs" wrap="nowrap" align="baseline">
        <Text size="xs" c="dimmed" w={44} style={{ flexShrink: 0 }}>
          {hour(event.moment, zone, language)}
        </Text>
        <Text size="sm" className="break" flex={1}>
          {sentence(event, language)}
          {source !== "public" && (
            <Text span size="xs" c="dimmed">
              {" "}
              · {from(source, t)}
            </Text>
          )}
        </Text>
        <Tooltip label={t("why.then")}>
          <ActionIcon
            variant="subtle"
            size="sm"
            aria-label={t("why.then")}
            onClick={() => whyThen(event.seq)}
          >
            <IconHelpCircle size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Anchor
          component="button"
          size="xs"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          aria-label={t("people.details")}
        >
          {"{ }"}
        </Anchor>
      </Group>
      {open && <Json value={{ seq: event.seq, event: event.name, ...event.properties }} />}
    </Box>
  );
}

function from(source: string, t: Say): string {
  return Object.hasOwn(people.from, source)
    ? t(`people.from.${source as keyof typeof people.from}`)
    : source;
}
