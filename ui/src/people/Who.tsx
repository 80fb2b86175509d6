// Who it is: the ids we have, how sure we are, and since when.
import { Alert } from "@mantine/core";
import { IconVolumeOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { PersonPage } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Facts } from "@/patterns/Facts";
import { Moment } from "@/patterns/Said";
import { StateBadge } from "@/patterns/StateBadge";
import { LEVEL_VIEWS, LEVELS, type Level } from "@/patterns/states";

export function Who({ who }: { who: PersonPage }) {
  const { t } = useTranslation();
  return (
    <Card title={t("people.identity")}>
      {who.muted && (
        <Alert
          color="yellow"
          icon={<IconVolumeOff aria-hidden />}
          mb="sm"
          title={t("people.muted", { reason: who.muted })}
        >
          {t("people.mutedAbout")}
        </Alert>
      )}
      <Facts
        facts={[
          [t("people.levelColumn"), <LevelBadge key="level" level={who.level} />],
          [t("people.email"), who.email],
          [t("people.phone"), who.phone],
          [t("people.user"), who.user],
          [t("people.language"), who.language],
          [t("people.zone"), who.zone],
          [t("people.devices"), who.anonymous.length || null],
          [t("people.firstSeen"), who.first_seen && <Moment at={who.first_seen} />],
          [t("people.lastSeen"), who.last_seen && <Moment at={who.last_seen} />],
          [t("people.events"), who.events],
        ]}
      />
    </Card>
  );
}

export function LevelBadge({ level }: { level: string }) {
  const { t } = useTranslation();
  const known = LEVELS.find((one): one is Level => one === level);
  return (
    <StateBadge
      state={level}
      views={LEVEL_VIEWS}
      hint={known && t(`people.levelMeaning.${known}`)}
    />
  );
}
