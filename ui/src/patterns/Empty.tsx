// Nothing here yet: says so, and offers the next thing to do.
import { Stack, Text, ThemeIcon } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props {
  icon: Icon;
  title: string;
  todo?: ReactNode;
  action?: ReactNode;
}

export function Empty({ icon: Picture, title, todo, action }: Props) {
  return (
    <Stack align="center" gap="xs" py={40} px="md" ta="center">
      <ThemeIcon size={44} radius="xl" variant="light" color="ember">
        <Picture size={22} aria-hidden />
      </ThemeIcon>
      <Text fw={600}>{title}</Text>
      {todo && (
        <Text size="sm" c="dimmed" maw={440} component="div">
          {todo}
        </Text>
      )}
      {action}
    </Stack>
  );
}
