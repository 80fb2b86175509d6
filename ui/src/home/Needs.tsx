// What needs me: each line leads to where it is mended.
import { Box, Group, Text } from "@mantine/core";
import {
  IconAt,
  IconChevronRight,
  IconCircleCheck,
  IconClockExclamation,
  IconDatabaseExclamation,
  IconHandStop,
  IconMailQuestion,
  IconMailX,
  IconMoodConfuzed,
  IconPencil,
  IconRoute,
  type Icon,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Home } from "@/api/schema";
import { Empty } from "@/patterns/Empty";
import { useLanguage } from "@/patterns/Said";
import { length } from "@/reading/moments";
import { count } from "@/reading/money";
import type { Language } from "@/words/language";
import type { Say } from "@/words/speak";
import { needs, type Need } from "./needing";

const VIEWS: Record<Need["kind"], { icon: Icon; to: string | null }> = {
  room: { icon: IconDatabaseExclamation, to: null }, // on the server, by the one who runs it
  stopped: { icon: IconHandStop, to: "/settings?tab=stop" },
  sender: { icon: IconAt, to: "/settings?tab=sender" },
  behind: { icon: IconClockExclamation, to: null }, // nothing to mend by hand: it catches up
  failed: { icon: IconMailX, to: "/messages?state=failed" },
  uncertain: { icon: IconMailQuestion, to: "/messages?state=uncertain" },
  held: { icon: IconRoute, to: "/journeys" },
  quarantined: { icon: IconMoodConfuzed, to: "/quarantine" },
  drafts: { icon: IconPencil, to: "/journeys" },
};

export function Needs({ home }: { home: Home }) {
  const { t } = useTranslation();
  const found = needs(home);
  if (found.length === 0)
    return <Empty icon={IconCircleCheck} title={t("home.nothing")} todo={t("home.nothingDo")} />;
  return (
    <>
      {found.map((need) => (
        <One key={need.kind} need={need} />
      ))}
    </>
  );
}

function One({ need }: { need: Need }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { icon: Picture, to } = VIEWS[need.kind];
  const line = (
    <Group px="md" py="sm" gap="sm" wrap="nowrap">
      <Picture
        size={20}
        color="light-dark(var(--mantine-color-ember-7), var(--mantine-color-ember-4))"
        aria-hidden
        style={{ flexShrink: 0 }}
      />
      <Text size="sm" fw={550} flex={1}>
        {said(need, t, language)}
      </Text>
      {to && <IconChevronRight size={16} aria-hidden />}
    </Group>
  );
  if (!to) return <Box className="row">{line}</Box>;
  return (
    <Link to={to} className="row row-link">
      {line}
    </Link>
  );
}

function said(need: Need, t: Say, language: Language): string {
  switch (need.kind) {
    case "room":
    case "stopped":
    case "sender":
      return t(`home.need.${need.kind}`);
    case "behind":
      return t("home.need.behind", { length: length(need.seconds, language) });
    default:
      return t(`home.need.${need.kind}`, {
        count: need.count,
        shown: count(need.count, language),
      });
  }
}
