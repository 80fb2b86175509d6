// The end of a form: save, or why one may not; an error that belongs to no single field.
import { Alert, Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Trouble } from "@/patterns/Trouble";

interface Props {
  readOnly: boolean;
  dirty: boolean;
  busy: boolean;
  error: unknown;
}

export function SaveBar({ readOnly, dirty, busy, error }: Props) {
  const { t } = useTranslation();
  if (readOnly)
    return (
      <Alert color="gray" variant="light">
        {t("settings.viewer")}
      </Alert>
    );
  return (
    <>
      {error ? <Trouble error={error} /> : null}
      <Group>
        <Button type="submit" disabled={!dirty} loading={busy}>
          {t("errors.save")}
        </Button>
      </Group>
    </>
  );
}
