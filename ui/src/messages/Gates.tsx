// Each check before sending: passed or not, with the values it decided by.
import { Box, Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Gate } from "@/api/schema";
import { useLanguage, useZone } from "@/patterns/Said";
import { question, tellValues } from "./gate";

export function Gates({ gates }: { gates: readonly Gate[] }) {
  const { t } = useTranslation();
  if (gates.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("messages.gatesNone")}
      </Text>
    );
  return (
    <Stack gap={6} component="ol" p={0} m={0}>
      {gates.map((gate) => (
        <Check key={gate.gate} gate={gate} />
      ))}
    </Stack>
  );
}

function Check({ gate: { gate, passed, values } }: { gate: Gate }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const told = tellValues(values, useZone(), language);
  const Picture = passed ? IconCircleCheck : IconCircleX;
  const colour = passed
    ? "light-dark(var(--mantine-color-green-8), var(--mantine-color-green-4))"
    : "light-dark(var(--mantine-color-red-8), var(--mantine-color-red-4))";
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="flex-start">
      <Picture
        size={18}
        color={colour}
        style={{ flexShrink: 0, marginTop: 1 }}
        aria-label={t(passed ? "messages.passed" : "messages.stoppedIt")}
        role="img"
      />
      <Box miw={0}>
        <Text size="sm" fw={passed ? 400 : 650}>
          {question(gate, language)}
        </Text>
        {told && (
          <Text size="xs" c="dimmed" className="break">
            {told}
          </Text>
        )}
      </Box>
    </Group>
  );
}
