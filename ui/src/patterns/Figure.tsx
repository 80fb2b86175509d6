// One number with its name, and beside it what it is measured against.
import { Box, Text } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  name: string;
  value: ReactNode;
  about?: ReactNode;
}

export function Figure({ name, value, about }: Props) {
  return (
    <Box className="card" p="md">
      <Text size="sm" c="dimmed" lh={1.3}>
        {name}
      </Text>
      <Text fz={26} fw={650} lh={1.25}>
        {value}
      </Text>
      {about && (
        <Text size="xs" c="dimmed">
          {about}
        </Text>
      )}
    </Box>
  );
}
