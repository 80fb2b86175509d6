// A condition as it was answered: each part with whether it held and what it saw.
import { Box, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Explained } from "@/api/schema";
import { Passed } from "./Passed";

const GROUPS = { all: "why.all", any: "why.any", not: "why.not" } as const;

export function Condition({ answered }: { answered: Explained }) {
  return (
    <Stack component="ul" gap={4} p={0} m={0} mt={4}>
      <Part answered={answered} />
    </Stack>
  );
}

function Part({ answered: { kind, holds, asks, saw, parts = [] } }: { answered: Explained }) {
  const { t } = useTranslation();
  if (!Object.hasOwn(GROUPS, kind)) return <Passed passed={holds} question={asks} values={saw} />;
  return (
    <Passed passed={holds} question={t(GROUPS[kind as keyof typeof GROUPS])}>
      <Box pl={2} pt={4}>
        <Stack component="ul" gap={4} p={0} m={0}>
          {parts.map((part, place) => (
            <Part key={place} answered={part} />
          ))}
        </Stack>
        {parts.length === 0 && (
          <Text size="xs" c="dimmed">
            {asks}
          </Text>
        )}
      </Box>
    </Passed>
  );
}
