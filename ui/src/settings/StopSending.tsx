// The kill switch: what is stopped, by whom and why, and how it goes on.
import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconHandStop, IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Stop } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Dangerous } from "@/patterns/Dangerous";
import { Moment } from "@/patterns/Said";
import { Shown } from "@/patterns/Shown";
import { useHere, useMay, useWorkspace } from "@/signin/session";
import { useLift, useStops, useStopSending } from "./queries";

export function StopSending() {
  const { t } = useTranslation();
  const stops = useStops();
  return (
    <Card title={t("settings.tab.stop")}>
      <Shown query={stops}>
        {(data) => (
          <Stack>
            {data.stops.length === 0 && (
              <Alert
                color="green"
                variant="light"
                icon={<IconSend aria-hidden />}
                title={t("settings.stopNone")}
              />
            )}
            {data.stops.map((stop) => (
              <Stopped key={stop.scope} stop={stop} />
            ))}
            {!data.stops.some((stop) => stop.scope === "all") && <StopAll />}
          </Stack>
        )}
      </Shown>
    </Card>
  );
}

function Stopped({ stop }: { stop: Stop }) {
  const { t } = useTranslation();
  const here = useHere();
  const lift = useLift();
  const may = useMay("editor");
  const [asking, ask] = useState(false);
  const params = { path: { ...here.params.path, what: stop.scope } };
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconHandStop aria-hidden />}
      title={t("settings.stopNow", { name: stop.actor, reason: stop.reason })}
    >
      <Group justify="space-between">
        <Text size="sm">
          {t("settings.scope")}: {stop.scope === "all" ? t("settings.scopeAll") : stop.scope} ·{" "}
          <Moment at={stop.since} />
        </Text>
        {may && (
          <Button size="xs" variant="default" onClick={() => ask(true)}>
            {t("settings.lift")}
          </Button>
        )}
      </Group>
      <Dangerous
        opened={asking}
        colour="ember"
        title={t("settings.liftTitle")}
        act={t("settings.lift")}
        busy={lift.isPending}
        error={lift.error}
        onClose={() => ask(false)}
        onAct={() => lift.mutate({ params })}
      >
        {t("settings.liftAbout")}
      </Dangerous>
    </Alert>
  );
}

function StopAll() {
  const { t } = useTranslation();
  const here = useHere();
  const { name } = useWorkspace();
  const may = useMay("editor");
  const stop = useStopSending();
  const [asking, ask] = useState(false);
  const [reason, setReason] = useState("");
  const params = { path: { ...here.params.path, what: "all" } };
  const act = () =>
    stop.mutate({ params, body: { reason: reason.trim() } }, { onSuccess: () => ask(false) });
  if (!may) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        ask(true);
      }}
    >
      <Text size="sm" mb="sm" maw={640}>
        {t("settings.stopAbout")}
      </Text>
      <Group align="flex-end">
        <TextInput
          label={t("settings.stopReason")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={200}
          flex="1 1 16rem"
          maw={420}
        />
        <Button
          type="submit"
          color="red"
          disabled={!reason.trim()}
          leftSection={<IconHandStop size={16} aria-hidden />}
        >
          {t("settings.stopAct")}
        </Button>
      </Group>
      <Dangerous
        opened={asking}
        name={name}
        title={t("settings.stopTitle")}
        act={t("settings.stopAct")}
        busy={stop.isPending}
        error={stop.error}
        onClose={() => ask(false)}
        onAct={act}
      >
        {t("settings.stopAbout")}
      </Dangerous>
    </form>
  );
}
