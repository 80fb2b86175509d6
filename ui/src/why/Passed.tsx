// One question and its answer: an icon, the question, and below it the values that decided.
import { Box, Group, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  passed: boolean;
  question: ReactNode;
  because?: string; // said instead, when the answer was no
  values?: string;
  children?: ReactNode;
}

export function Passed({ passed, question, because, values, children }: Props) {
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="flex-start">
      <Mark passed={passed} />
      <Box miw={0} flex={1}>
        <Text size="sm" fw={passed ? 400 : 650} className="break">
          {because ? begun(because) : question}
        </Text>
        {values && (
          <Text size="xs" c="dimmed" className="break">
            {values}
          </Text>
        )}
        {children}
      </Box>
    </Group>
  );
}

export function Mark({ passed, size = 18 }: { passed: boolean; size?: number }) {
  const { t } = useTranslation();
  const Picture = passed ? IconCircleCheck : IconCircleX;
  const colour = passed
    ? "light-dark(var(--mantine-color-green-8), var(--mantine-color-green-4))"
    : "light-dark(var(--mantine-color-red-8), var(--mantine-color-red-4))";
  return (
    <Picture
      size={size}
      color={colour}
      style={{ flexShrink: 0, marginTop: 1 }}
      role="img"
      aria-label={t(passed ? "why.passed" : "why.failed")}
    />
  );
}

/** A reason as a sentence of its own begins with a capital. */
function begun(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}
