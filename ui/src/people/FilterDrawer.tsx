// The builder of a condition beside the list of people: whom one wants to see.
import { Button, Divider, Drawer, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ConditionBuilder, Rewind } from "@/conditions/ConditionBuilder";
import type { Document } from "@/conditions/document";
import { HowMany } from "@/conditions/HowMany";
import { Sentence } from "@/conditions/Sentence";
import { useBuilder } from "@/conditions/useBuilder";
import { useLive } from "@/conditions/useLive";

interface Props {
  opened: boolean;
  first: Document;
  close: () => void;
  show: (condition: Document) => void;
}

export function FilterDrawer({ opened, first, close, show }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={opened}
      onClose={close}
      position="right"
      size="xl"
      title={<Text fw={650}>{t("people.filterTitle")}</Text>}
      closeButtonProps={{ "aria-label": t("errors.close") }}
    >
      <Inside first={first} show={show} />
    </Drawer>
  );
}

function Inside({ first, show }: Pick<Props, "first" | "show">) {
  const { t } = useTranslation();
  const builder = useBuilder(first);
  const live = useLive(builder);
  const apply = () => {
    if (builder.whole) return show(builder.document);
    builder.showEverything();
    const [missing] = builder.wrong;
    if (missing) builder.goTo({ key: missing.key, at: "field" });
  };
  return (
    <Stack>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Sentence builder={builder} live={live} />
        <Rewind builder={builder} />
      </Group>
      <ConditionBuilder builder={builder} error={live.sentence.error} />
      <Divider />
      <Group justify="space-between" align="flex-end">
        <HowMany live={live} />
        <Button onClick={apply}>{t("people.showThese")}</Button>
      </Group>
    </Stack>
  );
}
