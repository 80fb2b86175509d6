// An error says what happened, what was kept, and what to do.
import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ParseKeys } from "i18next";
import { useTranslation } from "react-i18next";
import { asFailure, type Failure } from "@/api/failure";

const SAID: Record<Failure["kind"], { title: ParseKeys; todo?: ParseKeys }> = {
  unreachable: { title: "errors.unreachable", todo: "errors.unreachableDo" },
  "signed out": { title: "signin.ended", todo: "signin.endedDo" },
  forbidden: { title: "errors.forbidden", todo: "errors.forbiddenDo" },
  missing: { title: "errors.missing", todo: "errors.missingDo" },
  refused: { title: "errors.refused" },
  broken: { title: "errors.broken", todo: "errors.brokenDo" },
};

export function Trouble({ error, again }: { error: unknown; again?: () => void }) {
  const { t } = useTranslation();
  const failure = asFailure(error);
  const { title, todo } = SAID[failure.kind];
  return (
    <Alert
      color="red"
      variant="light"
      title={t(title)}
      icon={<IconAlertTriangle aria-hidden />}
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        {todo && <Text size="sm">{t(todo)}</Text>}
        {failure.kind === "refused" && (
          <Text size="sm" className="break">
            {failure.detail} {failure.mend}
          </Text>
        )}
        {failure.wrong.map(({ place, says }) => (
          <Text key={place} size="sm" className="break">
            <b>{place}</b>: {says}
          </Text>
        ))}
        {again && (
          <Button size="xs" variant="default" onClick={again}>
            {t("errors.again")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
