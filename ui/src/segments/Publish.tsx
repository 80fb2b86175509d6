// Publishing says first what it will do and to how many people.
import { Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SegmentLine } from "@/api/schema";
import type { Document } from "@/conditions/document";
import { useCount } from "@/conditions/queries";
import { Dangerous } from "@/patterns/Dangerous";
import { useLanguage } from "@/patterns/Said";
import { tell } from "@/patterns/tell";
import { count } from "@/reading/money";
import { useHere } from "@/signin/session";
import { usePublish } from "./queries";
import { Users } from "./UsedBy";

interface Props {
  opened: boolean;
  name: string;
  id: string;
  condition: Document | null; // what will be in force
  line: SegmentLine | null; // what is, if there is one yet
  first?: () => Promise<unknown>; // what must be saved before
  close: () => void;
  done?: () => void;
}

export function Publish({ opened, name, id, condition, line, first, close, done }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { params } = useHere();
  const publish = usePublish();
  const [error, setError] = useState<unknown>();
  const act = async () => {
    setError(undefined);
    try {
      await first?.();
      await publish.mutateAsync({ params: { path: { ...params.path, segment: id } } });
    } catch (error) {
      setError(error);
      return;
    }
    done?.();
    close();
    tell(t("segments.published"));
    void navigate({ to: "/segments/$segment", params: { segment: id } });
  };
  return (
    <Dangerous
      opened={opened}
      colour="ember"
      title={t("segments.publishTitle", { name })}
      act={t("segments.publish")}
      busy={publish.isPending}
      error={error}
      onClose={() => {
        setError(undefined);
        close();
      }}
      onAct={() => void act()}
    >
      {opened && <WhatItDoes condition={condition} line={line} />}
    </Dangerous>
  );
}

function WhatItDoes({ condition, line }: Pick<Props, "condition" | "line">) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data } = useCount(condition, true);
  const now = data ? count(data.people, language) : t("segments.unknownNow");
  const before = line?.people;
  return (
    <Stack gap="xs">
      <Text size="sm">
        {before === null || before === undefined
          ? t("segments.publishFirst", { now })
          : t("segments.publishAgain", { now, before: count(before, language) })}
      </Text>
      {line && line.used_by.length > 0 && (
        <>
          <Text size="sm">{t("segments.publishUsed")}</Text>
          <Users users={line.used_by} />
        </>
      )}
    </Stack>
  );
}
