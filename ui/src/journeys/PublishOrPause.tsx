// Publishing and pausing, each saying first what it will touch.
import { Button } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { JourneyPage } from "@/api/schema";
import { Dangerous } from "@/patterns/Dangerous";
import { useLanguage } from "@/patterns/Said";
import { useHere, useMay } from "@/signin/session";
import { usePause, usePublish } from "./queries";
import { inLanguage } from "./telling";

export function PublishOrPause({ page: { line, draft } }: { page: JourneyPage }) {
  const { t } = useTranslation();
  const { params } = useHere();
  const publish = usePublish();
  const pause = usePause();
  const [asking, ask] = useState<"publish" | "pause">();
  const name = inLanguage(line.name, useLanguage());
  const request = { params: { path: { ...params.path, journey: line.id } } };
  const close = () => ask(undefined);
  const publishable = line.state !== "published" || draft !== null;
  if (!useMay("editor")) return null;
  return (
    <>
      {publishable && (
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={() => ask("publish")}
        >
          {t("journeys.publish")}
        </Button>
      )}
      {line.state === "published" && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          onClick={() => ask("pause")}
        >
          {t("journeys.pause")}
        </Button>
      )}
      <Dangerous
        opened={asking === "publish"}
        colour="ember"
        title={t("journeys.publishTitle", { name })}
        act={t("journeys.publish")}
        busy={publish.isPending}
        error={publish.error}
        onClose={close}
        onAct={() => publish.mutate(request, { onSuccess: close })}
      >
        {t("journeys.publishAbout")}
      </Dangerous>
      <Dangerous
        opened={asking === "pause"}
        colour="ember"
        title={t("journeys.pauseTitle", { name })}
        act={t("journeys.pause")}
        busy={pause.isPending}
        error={pause.error}
        onClose={close}
        onAct={() => pause.mutate(request, { onSuccess: close })}
      >
        {t("journeys.pauseAbout", { count: line.counts.inside })}
      </Dangerous>
    </>
  );
}
