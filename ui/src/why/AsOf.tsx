// As of when a question is asked: now, a place in the log, or a moment of the shop's calendar.
import { Button, Group, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { When } from "./queries";

interface Props {
  when: When;
  goTo: (when: When) => void;
}

export function AsOf({ when: { seq, at }, goTo }: Props) {
  const { t } = useTranslation();
  return (
    <Group align="flex-end" gap="xs">
      {seq ? (
        <Text size="sm" pb={7}>
          {t("people.asOf", { seq })}
        </Text>
      ) : (
        <TextInput
          type="datetime-local"
          label={t("why.asOf")}
          value={at ?? ""}
          onChange={(event) => {
            const moment = event.currentTarget.value;
            goTo(moment ? { at: moment } : {});
          }}
          w={210}
        />
      )}
      {(seq || at) && (
        <Button variant="default" onClick={() => goTo({})}>
          {t("why.backToNow")}
        </Button>
      )}
    </Group>
  );
}
