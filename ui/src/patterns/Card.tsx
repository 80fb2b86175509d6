// A part of a page with its own heading: a white sheet on the paper.
import { Box, Group, Text, Title } from "@mantine/core";
import { useId, type ReactNode } from "react";

interface Props {
  title?: ReactNode;
  about?: ReactNode;
  actions?: ReactNode;
  flush?: boolean; // its content reaches the edges: a list, a table
  children: ReactNode;
}

export function Card({ title, about, actions, flush, children }: Props) {
  const heading = useId();
  return (
    <Box component="section" className="card" aria-labelledby={title ? heading : undefined} miw={0}>
      {title && (
        <Group justify="space-between" px="md" pt="sm" pb={flush ? "sm" : 0} gap="xs">
          <Box miw={0}>
            <Title order={2} fz={16} id={heading}>
              {title}
            </Title>
            {about && (
              <Text size="sm" c="dimmed" component="div">
                {about}
              </Text>
            )}
          </Box>
          {actions}
        </Group>
      )}
      <Box
        className={flush && !title ? "bare" : undefined}
        p={flush ? 0 : "md"}
        pt={title && !flush ? "sm" : undefined}
      >
        {children}
      </Box>
    </Box>
  );
}
