// The sheet on which one signs in, chooses a password, or takes an invitation.
import { Box, Center, Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Brand } from "@/frame/Brand";
import { LanguageChoice } from "@/frame/Choices";

interface Props {
  title: string;
  about?: string;
  children: ReactNode;
}

export function Door({ title, about, children }: Props) {
  const { t } = useTranslation();
  useDocumentTitle(`${title} · Innesco`);
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={400} gap="lg">
        <Stack gap={4} align="center">
          <Brand />
          <Text c="dimmed" size="sm" ta="center">
            {t("signin.welcome")}
          </Text>
        </Stack>
        <Box className="card" p="xl">
          <Title order={1} fz={20} mb={about ? 4 : "md"}>
            {title}
          </Title>
          {about && (
            <Text c="dimmed" size="sm" mb="md">
              {about}
            </Text>
          )}
          {children}
        </Box>
        <Group justify="center">
          <Box w={200}>
            <LanguageChoice />
          </Box>
        </Group>
      </Stack>
    </Center>
  );
}
