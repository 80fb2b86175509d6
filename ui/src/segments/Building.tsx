// Who belongs is being worked out: how far it is, what serves until then, and the way to give it up.
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SegmentLine } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Dangerous } from "@/patterns/Dangerous";
import { tell } from "@/patterns/tell";
import { useMay } from "@/signin/session";
import { BuildingBar } from "./Labels";
import { useCancel, useOne } from "./queries";

export function Building({ line }: { line: SegmentLine }) {
  const { t } = useTranslation();
  const cancel = useCancel();
  const one = useOne(line.id);
  const may = useMay("editor");
  const [asking, ask] = useState(false);
  if (!line.building && !asking) return null;
  return (
    <Card>
      {line.building && <BuildingBar building={line.building} />}
      <Group justify="space-between" mt={6}>
        <Text size="sm" c="dimmed">
          {t("segments.buildingAbout")}
        </Text>
        {may && (
          <Button size="compact-sm" variant="default" onClick={() => ask(true)}>
            {t("segments.cancel")}
          </Button>
        )}
      </Group>
      <Dangerous
        opened={asking}
        title={t("segments.cancelTitle")}
        act={t("segments.cancel")}
        busy={cancel.isPending}
        error={cancel.error}
        onClose={() => ask(false)}
        onAct={() =>
          cancel.mutate(one, {
            onSuccess: () => {
              ask(false);
              tell(t("segments.cancelled"));
            },
          })
        }
      >
        {t("segments.cancelAbout")}
      </Dangerous>
    </Card>
  );
}
