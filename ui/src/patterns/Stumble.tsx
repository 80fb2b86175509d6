// A page that broke: what happened, that nothing was changed, and the text to report.
import { Button, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Json } from "./Json";

export function Stumble({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return (
    <Stack align="flex-start" role="alert">
      <Title order={1} fz={22}>
        {t("errors.crashed")}
      </Title>
      <Text>{t("errors.crashedDo")}</Text>
      <Json value={text} />
      <Button onClick={() => location.reload()}>{t("errors.again")}</Button>
    </Stack>
  );
}

export function NoPage() {
  const { t } = useTranslation();
  return (
    <Stack align="flex-start">
      <Title order={1} fz={22}>
        {t("errors.noPage")}
      </Title>
      <Button component="a" href="/">
        {t("errors.noPageDo")}
      </Button>
    </Stack>
  );
}
