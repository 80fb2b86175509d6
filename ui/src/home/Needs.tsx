// What needs me: each line leads to where it is mended.
import { Group, Text } from "@mantine/core";
import {
  IconChevronRight,
  IconCircleCheck,
  IconClockExclamation,
  IconHandStop,
  IconMailX,
  IconMoodConfuzed,
  IconRoute,
  type Icon,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Home } from "@/api/schema";
import { Empty } from "@/patterns/Empty";
import { useLanguage } from "@/patterns/Said";
import { length } from "@/reading/moments";
import type { Language } from "@/words/language";
import type { Say } from "@/words/speak";
import { needs, type Need } from "./needing";

const VIEWS: Record<Need["kind"], { icon: Icon; to: string }> = {
  stopped: { icon: IconHandStop, to: "/settings?tab=stop" },
  behind: { icon: IconClockExclamation, to: "/quarantine" },
  failing: { icon: IconMailX, to: "/messages?state=failed" },
  held: { icon: IconRoute, to: "/journeys" },
  quarantined: { icon: IconMoodConfuzed, to: "/quarantine" },
};

export function Needs({ home }: { home: Home }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const found = needs(home);
  if (found.length === 0)
    return <Empty icon={IconCircleCheck} title={t("home.nothing")} todo={t("home.nothingDo")} />;
  return (
    <>
      {found.map((need) => {
        const { icon: Picture, to } = VIEWS[need.kind];
        return (
          <Link
            key={need.kind}
            to={to}
            className="row-link"
            style={{ borderTop: "1px solid var(--line)" }}
          >
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
              <IconChevronRight size={16} aria-hidden />
            </Group>
          </Link>
        );
      })}
    </>
  );
}

function said(need: Need, t: Say, language: Language): string {
  switch (need.kind) {
    case "stopped":
      return t("home.need.stopped");
    case "behind":
      return t("home.need.behind", { length: length(need.seconds, language) });
    default:
      return t(`home.need.${need.kind}`, { count: need.count });
  }
}
